// Made by shapes.mjs when the bundle is built.
declare module 'ajar:shapes' {
  const packed: {
    transform: { scale: [number, number]; translate: [number, number] };
    shapes: { id: string; arcs: string }[]; // ISO 3166-1 alpha-3 or ''; polygons;rings,of arcs
    arcs: string; // arcs apart by blanks: differences of x and y as digits of shapes.mjs
  };
  export default packed;
}
