/** What an estimate may be asked to be committed to, as addresses write it. */
export const COMMITMENTS = [
  { value: "", label: "Commitment as designed" },
  { value: "none", label: "On demand" },
  ...[1, 12, 24, 36].flatMap((months) => {
    const term = months === 1 ? "1 month" : `${String(months)} months`;
    return [
      { value: String(months), label: `${term}, paid monthly` },
      { value: `${String(months)}-upfront`, label: `${term}, paid upfront` },
    ];
  }),
];
