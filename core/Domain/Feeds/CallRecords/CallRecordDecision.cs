namespace QualityIngest.Domain.Feeds.CallRecords;

/// <summary>What rows of one import come to, beside those that it holds already: of one identity the later row wins.</summary>
/// <param name="Written">The rows to store, each identity once.</param>
/// <param name="Replaced">Which of them stand in the place of a stored one.</param>
/// <param name="Accepted">Rows of a new identity.</param>
/// <param name="Duplicate">Rows that say what the row before them of their identity says.</param>
/// <param name="Superseded">Rows that say something else than the row before them, and stand in its place.</param>
internal sealed record CallRecordDecision(
    IReadOnlyCollection<CallRecordRow> Written, IReadOnlyList<Guid> Replaced, long Accepted, long Duplicate, long Superseded)
{
    /// <summary>Decides.</summary>
    /// <param name="rows">The rows in their order.</param>
    /// <param name="stored">What the import's stored rows of these identities say.</param>
    public static CallRecordDecision Of(IReadOnlyList<CallRecordRow> rows, IReadOnlyDictionary<Guid, CallRecordWords> stored)
    {
        var written = new Dictionary<Guid, CallRecordRow>(rows.Count);
        var replaced = new HashSet<Guid>();
        long accepted = 0, duplicate = 0, superseded = 0;
        foreach (var row in rows)
        {
            var before = written.TryGetValue(row.Id, out var earlier) ? earlier.Words : stored.GetValueOrDefault(row.Id);
            if (before is null)
                accepted++;
            else if (before.Same(row.Words))
            {
                duplicate++;
                continue;
            }
            else
                superseded++;

            written[row.Id] = row;
            if (stored.ContainsKey(row.Id))
                replaced.Add(row.Id);
        }

        return new(written.Values, [.. replaced], accepted, duplicate, superseded);
    }
}
