// Reads GEXF from a file as Gephi Lite does and prints what it found as JSON.
const fs = require("fs");
const { MultiGraph } = require("graphology");
const gexf = require("graphology-gexf");

const graph = gexf.parse(MultiGraph, fs.readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(graph.export()));
