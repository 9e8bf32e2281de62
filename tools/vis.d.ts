/** What the page uses of vis-network, as pyvis bundles it (its own types are of another version). */
declare namespace vis {
  interface NodeItem {
    id: string;
    x: number;
    y: number;
    group?: string;
    size?: number;
    hidden?: boolean;
  }
  interface EdgeItem {
    id: string;
    from: string;
    to: string;
    hidden?: boolean;
    width?: number;
    color?: { color: string; highlight: string };
    smooth?: unknown;
  }
  interface Options {
    groups: Record<string, { borderWidth: number; [name: string]: unknown }>;
    edges: { width: number; color: { color: string; highlight: string }; [name: string]: unknown };
    [name: string]: unknown;
  }
  class DataSet<T> {
    constructor(items: T[]);
    get(): T[];
    update(items: Partial<T>[]): void;
    add(items: T[]): void;
    clear(): void;
  }
  interface Point {
    x: number;
    y: number;
  }
  interface BodyNode {
    options: { size: number; borderWidth?: number; hidden?: boolean };
    draw(ctx: CanvasRenderingContext2D): void;
  }
  interface EdgeType {
    id: string;
    options: { width: number; color: { highlight: string } };
    getPoint(part: number): Point;
    drawLine(ctx: CanvasRenderingContext2D, look: Look, ...rest: unknown[]): void;
  }
  interface Look {
    width: number;
    color: string;
  }
  interface BodyEdge {
    options: {
      hidden?: boolean;
      width?: number;
      smooth?: { enabled: boolean };
      arrows: { to: { enabled: boolean } };
    };
    selected: boolean;
    edgeType: EdgeType;
    draw(ctx: CanvasRenderingContext2D): void;
    drawArrows(ctx: CanvasRenderingContext2D): void;
  }
  type Renderer = (drawn: {
    ctx: CanvasRenderingContext2D;
    x: number;
    y: number;
    style: { size: number; color: string; borderColor: string; borderWidth: number };
  }) => { drawNode: () => void; nodeDimensions: { width: number; height: number } };
  interface Click {
    pointer: { DOM: Point; canvas: Point };
  }
  class Network {
    constructor(box: HTMLElement, data: { nodes: DataSet<NodeItem>; edges: DataSet<EdgeItem> }, options: object);
    body: {
      nodes: Record<string, BodyNode>;
      edges: Record<string, BodyEdge>;
      emitter: { emit(event: "_blockRedraw" | "_allowRedraw"): void };
    };
    renderer: { _drawEdges: () => void; _drawNodes: () => object };
    on(event: "beforeDrawing" | "afterDrawing", work: (ctx: CanvasRenderingContext2D) => void): void;
    on(event: "click", work: (click: Click) => void): void;
    redraw(): void;
    on(event: "dragStart" | "zoom", work: () => void): void;
    getScale(): number;
    getViewPosition(): Point;
    canvasToDOM(point: Point): Point;
    DOMtoCanvas(point: Point): Point;
    getEdgeAt(point: Point): string | undefined;
    setSize(width: string, height: string): void;
    moveTo(options: { position?: Point; scale?: number; animation?: unknown }): void;
  }
}
