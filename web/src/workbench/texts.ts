/** The words that scripts of the workbench put into the page. */

const TEXTS = {
  running: ["Đang chạy…", "Running…"],
  reading: ["Đang nhận kết quả…", "Receiving the answer…"],
  cancelled: ["Đã dừng truy vấn trên máy chủ.", "The query was cancelled on the server."],
  lost: [
    "Kết nối bị ngắt trước khi nhận đủ kết quả. Phần đã nhận không được hiển thị.",
    "The connection broke before the whole answer had come. What came of it is not shown.",
  ],
  offline: [
    "Không gửi được truy vấn: máy chủ không trả lời.",
    "The query could not be sent: the server does not answer.",
  ],
  tooLong: [
    "Truy vấn bị dừng vì quá thời gian cho phép. Hãy thêm LIMIT, lọc sớm hơn, hoặc tránh các mẫu không nối với nhau.",
    "The query was stopped at its time limit. Add LIMIT, filter earlier, or avoid patterns that nothing connects.",
  ],
  busy: ["Máy chủ đang bận; hãy thử lại sau ít giây.", "The server is busy; try again in some seconds."],
  line: ["dòng", "line"],
  column: ["cột", "column"],
  rows: ["dòng", "rows"],
  row: ["dòng", "row"],
  server: ["máy chủ", "server"],
  total: ["tổng cộng", "in all"],
  kept: [
    "dòng đầu được giữ ở đây; hãy tải về để có tất cả.",
    "first rows are kept here; download to have all.",
  ],
  table: ["Bảng", "Table"],
  chart: ["Biểu đồ", "Chart"],
  map: ["Bản đồ", "Map"],
  graph: ["Đồ thị", "Graph"],
  raw: ["Nguyên văn", "Raw"],
  views: ["Cách xem kết quả", "Views of the answer"],
  none: ["Truy vấn chạy tốt nhưng không có dòng nào.", "The query ran well, and there is no row."],
  yes: ["Đúng", "Yes"],
  no: ["Không", "No"],
  sort: ["Sắp xếp theo", "Sort by"],
  page: ["Trang", "Page"],
  of: ["trên", "of"],
  previous: ["Trang trước", "Previous page"],
  next: ["Trang sau", "Next page"],
  tableLabel: ["Bảng kết quả", "Table of the answer"],
  noChart: [
    "Biểu đồ cần ít nhất một cột số và một cột để so sánh: tên, năm hoặc một cột số khác.",
    "A chart needs a column of numbers and one to set them against: names, years or other numbers.",
  ],
  chartKind: ["Loại", "Kind"],
  bar: ["Cột", "Bars"],
  lineChart: ["Đường", "Lines"],
  dot: ["Điểm", "Dots"],
  axisX: ["Trục ngang", "Horizontal"],
  axisY: ["Trục dọc", "Vertical"],
  series: ["Màu theo", "Colour by"],
  noSeries: ["(không)", "(none)"],
  chartLabel: ["theo", "by"],
  chartMost: ["Biểu đồ chỉ vẽ số dòng đầu:", "The chart has the first rows only:"],
  noMap: [
    "Bản đồ cần hai cột ?lat và ?long, hoặc một cột đơn vị hành chính có tọa độ.",
    "A map needs columns ?lat and ?long, or a column of administrative units with coordinates.",
  ],
  mapLabel: ["Điểm trên bản đồ", "Points on the map"],
  noPoints: ["Không đơn vị nào ở đây có tọa độ.", "None of the units here has coordinates."],
  points: ["điểm", "points"],
  noGraph: [
    "Đồ thị cần ba cột: chủ thể, thuộc tính, đối tượng, như của CONSTRUCT hoặc SELECT ?s ?p ?o.",
    "A graph needs three columns: subject, predicate, object, as of CONSTRUCT or SELECT ?s ?p ?o.",
  ],
  graphLabel: ["Đồ thị của kết quả", "Graph of the answer"],
  graphMost: ["Chỉ vẽ số nút đầu:", "Drawn are the first nodes:"],
  loading: ["Đang tải…", "Loading…"],
  rawMost: [
    "Chỉ hiện phần đầu; hãy tải về để có tất cả.",
    "Only the start is shown; download to have all of it.",
  ],
  download: ["Tải về", "Download"],
  copied: ["Đã sao chép", "Copied"],
  editor: [
    "Truy vấn SPARQL. Nhấn Esc rồi Tab để rời ô soạn thảo.",
    "SPARQL query. Press Escape, then Tab, to leave the editor.",
  ],
  uses: ["lượt dùng", "uses"],
} as const satisfies Record<string, readonly [string, string]>;

export type TextName = keyof typeof TEXTS;
export type Texts = Readonly<Record<TextName, string>> & { readonly language: "vi" | "en" };

/** Give the words in a language. */
export function textsIn(language: "vi" | "en"): Texts {
  const index = language === "vi" ? 0 : 1;
  const words = Object.fromEntries(Object.entries(TEXTS).map(([name, both]) => [name, both[index]]));
  return { ...(words as Record<TextName, string>), language };
}

/** Write a number as readers of the page do. */
export function numberText(value: number, texts: Texts): string {
  return value.toLocaleString(texts.language === "vi" ? "vi-VN" : "en-GB");
}
