using QualityIngest.Samples.Rows;

namespace QualityIngest.Samples;

/// <summary>
/// A believable bucket in the format quality-csv, made from a seed: calls with recognised words, recorded calls, chats, and
/// everything that goes wrong in real ones. What ingestion must make of it is known by construction.
/// </summary>
public sealed record SampleBucket
{
    /// <summary>The connector's path within the bucket.</summary>
    public const string Prefix = "conversations/";

    private static readonly DateOnly FirstDay = new(2026, 5, 4);

    /// <summary>What to upload, in this order within a round: documents before the rows that name them.</summary>
    public required IReadOnlyList<SampleObject> Objects { get; init; }

    /// <summary>What is in the recordings that can be measured.</summary>
    public required IReadOnlyList<SampleRecording> Recordings { get; init; }

    /// <summary>The queues to make and to map.</summary>
    public static IReadOnlyList<SampleQueue> Queues => Company.Queues;

    /// <summary>A queue that rows name and that is left unmapped at first.</summary>
    public static SampleQueue UnmappedQueue => Company.UnmappedQueue;

    /// <summary>The agents to make.</summary>
    public static IReadOnlyList<SampleAgent> Agents => Company.Agents;

    /// <summary>An agent whom rows name and who is left unknown at first.</summary>
    public static SampleAgent UnknownAgent => Company.UnknownAgent;

    /// <summary>What stands once the first round is ingested.</summary>
    public required Expected AfterRoundOne { get; init; }

    /// <summary>What stands once the second round is ingested too. File counts are those of the newest version of each file.</summary>
    public required Expected AfterRoundTwo { get; init; }

    /// <summary>Makes a bucket; the same seed and size make the same bytes.</summary>
    public static SampleBucket Generate(int seed, SampleSize size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Days, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(size.RowsPerFile, 12);
        return new Layout(new Random(seed), size, FirstDay).Build();
    }

    /// <summary>
    /// Makes chats without fault, as many as are asked for, one object at a time, and behind them the CSV files that name them.
    /// Memory holds the rows, never the documents.
    /// </summary>
    public static IEnumerable<SampleObject> Stream(int seed, int rows, int rowsPerFile = 10_000)
    {
        var random = new Random(seed);
        var named = new List<SampleRow>(rows);
        for (var number = 1; number <= rows; number++)
        {
            var contact = Contact.MakeUp(random, Prefix, "bulk/", FirstDay, number, isChat: true);
            named.Add(contact.Row);
            yield return contact.Document;
        }

        foreach (var (index, part) in named.Chunk(rowsPerFile).Index())
        {
            var key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}bulk/chat-{index:000}.csv");
            yield return new(key, new CsvSheet(key, IsChat: true, part).ToBytes(), 1);
        }
    }
}
