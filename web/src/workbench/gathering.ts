/** Gathering an answer from the parts of its text. */
import { type Answer, type AnswerKind, MOST_KEPT, MOST_RAW } from "./answers";
import { SolutionReader } from "./reading_solutions";
import { TripleReader } from "./reading_triples";

/** Takes parts of a text; `answer` always says what has come so far. */
export class Gathering {
  readonly answer: Answer;
  private readonly reader: SolutionReader | TripleReader;

  constructor(kind: AnswerKind) {
    this.reader = kind === "graph" ? new TripleReader() : new SolutionReader();
    const { columns } = this.reader;
    this.answer = {
      kind,
      columns,
      rows: [],
      total: 0,
      boolean: undefined,
      raw: "",
      rawIsWhole: true,
      done: false,
    };
  }

  take(part: string): void {
    const { answer } = this;
    const room = MOST_RAW - answer.raw.length;
    answer.raw += part.slice(0, room);
    answer.rawIsWhole &&= part.length <= room;
    for (const row of this.reader.read(part)) {
      if (answer.rows.length < MOST_KEPT) answer.rows.push(row);
      answer.total += 1;
    }
    answer.columns = this.reader.columns;
  }

  end(): void {
    this.reader.end();
    this.answer.columns = this.reader.columns;
    this.answer.boolean = this.reader.boolean;
    this.answer.done = true;
  }
}
