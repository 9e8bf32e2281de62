/** What the map's page is made of: its data (payload.py), and the one object to which every script adds its part. */

/** A text; a plain string is the same in both languages. */
type Both = string | { sv?: string; en?: string };
type Lang = "sv" | "en";

/** A statement: text, index of its citation, note, excerpt with its language, record, what is missing. */
interface Said {
  t?: Both;
  c?: number;
  n?: Both;
  x?: string;
  xl?: string;
  r?: string;
  m?: Both;
  /** A remark on the source or the data. */
  a?: true;
}
interface MapNode {
  id: string;
  type: number;
  label: Both;
  kind: number;
  /** Other names, mistaken ones too. */
  aliases?: string[];
  /** Those among them that a source has by mistake. */
  mistaken?: string[];
  facts?: Said[];
  /** The place of its country among those of the page; one further on: several. */
  country?: number;
  /** Its group on the overview of a very large map. */
  bubble?: number;
  facet?: string;
  missing?: Both;
  /** The place among the nodes of that into which it folds. */
  into?: number;
  x: number;
  y: number;
}
interface MapEdge {
  id: string;
  from: string;
  to: string;
  kind: number;
  group?: string;
  line: string;
  certainty?: string;
  when?: number;
  sources?: number[];
  status?: number;
  cost?: number;
  directed?: true;
  /** Another record speaks against it. */
  contradicted?: true;
  sentence?: Said;
}
interface NodeType {
  name: string;
  label: Both;
  plural: Both;
  color: string;
  /** The colour of its name. */
  ink: string;
  shape: string;
  filled: boolean;
  relation: boolean;
  /** Stands between its parties rather than in a sector. */
  between: boolean;
}
interface LineStyle {
  color: string;
  faded: string;
  dashes: number[];
  width: number;
}
/** Earliest and latest begin, earliest and latest end, in days since 1970-01-01; null is unbounded. */
type Bounds = [number | null, number | null, number | null, number | null];
/** Row, column, records, indexes of their roles, lines. */
type Cell = [string, string, string[], number[], string[]];
interface Page {
  title: Both;
  asOf: Both;
  scale: Scale;
  home: string;
  sources: { id: string; name: Both; main: boolean }[];
  groups: { name: string; label: Both }[];
  lines: Record<string, LineStyle>;
  /** Of more lines than these the solid ones recede, by this power of how many times as many there are. */
  crowd: { lines: number; power: number };
  types: NodeType[];
  /** In the order of the carried nodes and edges, with what is not 0 or empty. */
  nodes: (Partial<Omit<MapNode, "facts">> & { label: Both; facts?: number[] })[];
  edges: (Partial<Omit<MapEdge, "line" | "group" | "sentence">> & { line?: number; group?: number; said?: number })[];
  said: Said[];
  groupNames: string[];
  shared: Both[];
  times: Bounds[];
  ties: [string, number, number, number][];
  /** Source, label, target, rule; then the records. */
  derived: [number, number, number, number, ...string[]][];
  matrix: { rows: [string, Both][]; columns: [string, Both][]; cells: Cell[]; said: number[] };
  /** Of each type with a sector: its index, where its name stands, its polygons. */
  grounds: [number, number, number, ...number[][]][];
  places?: Places;
  /** The party that the map is about, if it shows only what surrounds one. */
  focus: string;
  /** How many entities paths may also go over that are not on this map. */
  beyond: number;
  /** The option of the command line that limits this map to a time; empty for none. */
  when: string;
  countries: [string, Both][];
  /** Of each type: its index, its box, the middle of its name, where the names of its bubbles begin; these with country,
   * middle and radius. */
  overview: [number, number, number, number, number, number, number, number, ...[number | string, number, number, number][]][];
}

type Scale = "all" | "folded" | "types";
type View = "map" | "places" | "table" | "matrix";
type Hidden = "types" | "lines" | "certs" | "groups" | "sources";
/** What is chosen; the sets hold what the filter hides. */
interface State extends Record<Hidden, Set<string>> {
  /** A node, an edge, or a cell of the matrix (`cell:row:column`). */
  sel: string;
  depth: 1 | 2;
  lang: Lang;
  view: View;
  /** The countries that are shown, all if there are none. */
  land: Set<string>;
  from: number | null;
  to: number | null;
  undated: boolean;
  /** Of the chosen years only what certainly held. */
  certain: boolean;
  /** The two ends of a path, which of the paths is shown, and whether paths may pass the home city. */
  a: string;
  b: string;
  nth: number;
  around: boolean;
  /** What folds is shown too. */
  unfold: boolean;
}

interface Lit {
  nodes: Set<string>;
  edges: Set<string>;
}
interface Visible extends Lit {
  /** How each visible relationship stands in the chosen years, where years are chosen. */
  possible: Set<string>;
}
/** An edge of the network of paths: between which nodes, at what cost. */
interface Step {
  id: string;
  source: string;
  target: string;
  cost: number;
}
interface Path {
  cost: number;
  nodes: string[];
  /** The ids of the edges of each step, the cheapest first. */
  edges: string[][];
}
interface Hit {
  node: MapNode;
  /** What was found, a name or a country's, and its language; empty where there is none. */
  name: string;
  lang: string;
}
interface DrawnLabel extends Box {
  id: string;
  what: "node" | "type" | "relation";
  text: string;
}
/** The parties of a type in a country as one, on the overview of a very large map. */
interface Bubble {
  /** Its place among all of them. */
  index: number;
  type: NodeType;
  text: string;
  count: number;
  x: number;
  y: number;
  r: number;
}
/** A type on that overview. */
interface Field {
  type: NodeType;
  text: string;
  count: number;
  x: number;
  y: number;
  w: number;
  h: number;
  /** The middle of its name. */
  title: vis.Point;
  /** Where the names of the bubbles begin. */
  names: number;
  bubbles: Bubble[];
}
/** A name on the ground: of a sector, of a type in the tray, of a circle of distance. */
interface Heading {
  id: string;
  text: string;
  color: string;
  x: number;
  y: number;
  align: "center" | "left";
  light?: boolean;
}
/** The arrangement by places: positions in the order of the nodes, rings by steps, km with px, left/top/width/height. */
interface Places {
  at: number[];
  land: number[][];
  radius: number;
  circles: [number, number][];
  tray: [number, number, number, number];
  headings: [number, number, number][];
}
/** What is taken of the canvas as shown. */
interface Taken {
  add: (box: Box) => void;
  hits: (box: Box) => boolean;
}
/** The canvas as shown, for the drawing of labels. */
interface Shown {
  w: number;
  h: number;
  at: (point: vis.Point) => vis.Point;
  along: (edge: string, part: number) => vis.Point;
  scale: number;
  radius: (id: string) => number;
  controls: Box;
  /** The signs on lines, which stand beside these boxes where they have room. */
  marks: (beside: Box[]) => Box[];
  /** Whether labels may stand anywhere, not only within w and h. */
  whole?: boolean;
}
/** What is in the picture that is saved or printed. */
interface Pictured {
  nodes: MapNode[];
  edges: MapEdge[];
}
/** A label at its place. */
interface Label extends Box {
  id: string;
  what: DrawnLabel["what"];
  lines: string[];
  font: string;
  color: string;
  left?: boolean;
}
type Attributes = Record<string, string | number | boolean>;

/** What the page carries: vis-network's own data as pyvis had them, and ours. */
interface Carried {
  nodes: vis.NodeItem[];
  edges: vis.EdgeItem[];
  options: vis.Options;
  page: Page;
  strings: Record<Lang, Record<string, string>>;
}

interface Relgraph {
  errors: string[];
  ready?: boolean;
  fail: (detail: string) => void;
  carried: Omit<Carried, "page" | "strings">;
  /** Decompress (zlib). */
  inflate: (bytes: Uint8Array) => Uint8Array;
  /** Read the data; `carried` and `model` are there from then on. */
  load: () => Promise<void>;
  model: {
    page: Page;
    nodes: Map<string, MapNode>;
    edges: Map<string, MapEdge>;
    edgesOf: Map<string, MapEdge[]>;
    records: Map<string, { said: Said[]; edges: MapEdge[] }>;
    node: (id: string) => MapNode;
    pick: (text: Both | undefined) => [string, string];
    ui: (key: string, values?: Record<string, string | number>) => string;
    fold: (text: string) => string;
    other: (edge: MapEdge, id: string) => MapNode;
    isRelation: (node: MapNode) => boolean;
    name: (node: MapNode) => string;
    heading: (text: Both) => string;
    shared: (index: number | undefined) => Both;
    degree: (node: MapNode) => number;
    unsettled: (edge: MapEdge) => boolean;
    recordOf: (edge: MapEdge) => string;
    homeName: () => string;
  };
  element: <K extends string>(tag: K, attributes?: Attributes, ...children: (Node | string)[]) => ElementOf<K>;
  worded: <K extends string>(tag: K, text: Both | undefined, attributes?: Attributes) => ElementOf<K>;
  by: (id: string) => HTMLElement;
  say: (text: string) => void;
  argument: (text: string) => string;
  time: {
    holds: (bounds: Bounds, lo: number, hi: number) => "certainly" | "possibly" | "not";
    firstDay: (year: number) => number;
    lastDay: (year: number) => number;
    yearOf: (day: number) => number;
    words: (bounds: Bounds | undefined) => string;
    limits: (state: State) => [number, number] | null;
  };
  state: {
    now: State;
    /** Whether the screen is narrow, a telephone's or magnified. */
    narrow: MediaQueryList;
    /** The change that chooses nothing. */
    unchosen: Partial<State>;
    follow: (follow: (now: State, before: State | null) => void) => void;
    start: () => void;
    set: (change: Partial<State>) => void;
    link: (change: Partial<State>) => string;
    read: (hash: string) => State;
    write: (state: State) => string;
    unfiltered: () => Partial<State>;
    filtered: () => boolean;
  };
  loose: (node: MapNode) => boolean;
  hiddenTypes: () => Set<string>;
  visible: () => Visible;
  passes: (edge: MapEdge, except?: Hidden | "years") => boolean;
  nodeShown: (node: MapNode) => boolean;
  edgeShown: (edge: MapEdge) => boolean;
  lit: () => Lit | null;
  paths: {
    shortest: (edges: Step[], a: string, b: string, count: number, avoid?: string[]) => Path[];
    found: () => Path[];
  };
  combobox: (
    input: HTMLInputElement,
    list: HTMLElement,
    choose: (node: MapNode) => void,
    options?: { keep?: boolean; none?: string },
  ) => (text: string) => void;
  find: (text: string) => Hit[];
  statement: (said: Said, edge?: MapEdge) => HTMLElement[];
  nodeLinks: (nodes: MapNode[]) => HTMLElement;
  about: { node: (node: MapNode) => HTMLElement[]; edge: (edge: MapEdge) => HTMLElement[] };
  pathfinder: { start: () => void; panel: () => HTMLElement[] };
  matrix: { start: () => void; panel: (sel: string) => HTMLElement[]; cell: (sel: string) => Cell | undefined };
  panel: { start: () => void };
  legend: { start: () => void };
  years: { start: () => void; /** Whether a "~" stands on any line. */ signs: () => boolean };
  groups: { start: () => void };
  table: { start: () => void; tsv: () => string };
  suggestions: { start: () => void; found: () => MapNode[] };
  search: { start: () => void; ask: () => void };
  keyboard: { start: () => void };
  backdrop: {
    drawn: (nodes: MapNode[]) => SVGElement[];
    /** What the grounds of sectors take. */
    corners: (nodes: MapNode[]) => [number, number][];
  };
  picture: (sheet?: boolean) => SVGSVGElement;
  sheet: { start: () => void };
  copy: (text: string, done: string) => Promise<void>;
  save: (blob: Blob, ending: string) => void;
  draw: { start: () => void; fitView: () => void };
  network: vis.Network;
  drawn: { nodes: vis.DataSet<vis.NodeItem>; edges: vis.DataSet<vis.EdgeItem> };
  room: {
    LEADING: number;
    fonts: Record<Font, string>;
    measure: (text: string, font: Font, whole?: boolean) => Measured;
    wrap: (text: string) => string[];
    /** Nothing is taken yet. */
    free: () => Taken;
  };
  labels: {
    place: (view: Shown, lit: Lit | null) => Label[];
    draw: (ctx: CanvasRenderingContext2D, view: Shown, lit: Lit | null) => void;
    room: (id: string) => Measured;
    headingRoom: (heading: Heading) => Measured;
    drawn: (id: string) => boolean;
    at: (x: number, y: number) => string | undefined;
  };
  drawnLabels: () => DrawnLabel[];
  hulls: {
    /** The faint colour of a sector. */
    ground: (color: string) => string;
    prepare: () => void;
    draw: (ctx: CanvasRenderingContext2D) => void;
    headings: () => Heading[];
    extent: () => { left: number; top: number; right: number; bottom: number } | null;
  };
  folds: { start: () => void; any: () => boolean; button: () => HTMLElement; hidden: () => Set<string>; count: (id: string) => number };
  country: {
    start: () => void;
    of: (node: MapNode) => string;
    name: (id: string) => Both;
    /** What there is to choose, in order. */
    options: () => string[];
    chosen: (node: MapNode) => boolean;
  };
  overview: {
    fields: () => Field[];
    draw: (ctx: CanvasRenderingContext2D) => void;
    at: (point: vis.Point) => Bubble | undefined;
    open: (bubble: Bubble) => void;
    point: (index: number) => void;
  };
  lettering: {
    words: (text: string, x: number, y: number, look?: Attributes) => SVGElement;
    /** Names and signs, `size` times the stored size, and the room of the names. */
    of: (what: Pictured, size: number) => { made: SVGElement[]; boxes: Box[] };
  };
  arrows: {
    /** Whether a line is in full strength: lit, or of what certainly held in the chosen years. */
    strong: (edge: MapEdge) => boolean;
    /** The arrow head of a line along these points, if it has one. */
    of: (edge: MapEdge, points: vis.Point[]) => SVGElement[];
  };
  /** What is shown: in words, and as the name of a file without its ending. */
  told: { caption: () => string; file: () => string };
  glide: { to: (position: vis.Point, scale: number) => void; stop: () => void };
  stage: {
    start: (box: HTMLElement) => void;
    show: () => boolean;
    has: (id: string) => boolean;
    strength: (edge: MapEdge) => number;
  };
  overlay: {
    /** The boxes of the signs of lines: `half` of a side, beside glyphs and other boxes. */
    signs: (of: Pictured, view: Pick<Shown, "at" | "along" | "scale">, half: number, beside: Box[]) => Box[];
    signOf: (edge: MapEdge) => "?" | "~" | "";
    perhaps: () => boolean;
    veil: (ctx: CanvasRenderingContext2D, size: { w: number; h: number }, lit: Lit) => void;
    certain: (ctx: CanvasRenderingContext2D) => void;
    marks: (ctx: CanvasRenderingContext2D, lit: Lit | null, beside?: Box[]) => Box[];
    ring: (ctx: CanvasRenderingContext2D, focused: boolean) => void;
  };
  arrange: (name: "sectors" | "places") => boolean;
  /** Whether a node has no place in the arrangement by places. */
  waits: (id: string) => boolean;
  arranged: () => "sectors" | "places";
  radius: (id: string) => number;
  onScreen: (ctx: CanvasRenderingContext2D, work: () => void) => void;
  octagon: vis.Renderer;
  outlines: (scale: number) => void;
  glyph: (type: { shape: string; color: string; filled: boolean }) => SVGSVGElement;
  lineGlyph: (style: LineStyle, unsettled: boolean) => SVGSVGElement;
  svg: <K extends keyof SVGElementTagNameMap>(tag: K, attributes?: Attributes) => SVGElementTagNameMap[K];
}

type ElementOf<K extends string> = K extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[K] : HTMLElement;

interface Window {
  relgraph: Relgraph;
}
