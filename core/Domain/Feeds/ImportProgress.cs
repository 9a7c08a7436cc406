using QualityIngest.Domain.Files;

namespace QualityIngest.Domain.Feeds;

/// <summary>How far an import has come. It commits with what it tells of.</summary>
public sealed record ImportProgress
{
    /// <summary>The ordinal of the file that is read, or is read next.</summary>
    public int File { get; init; }

    /// <summary>The line of that file's last stored row; 0: none is.</summary>
    public long Line { get; init; }

    /// <summary>What became of that file's rows so far.</summary>
    public FileCounts Rows { get; init; } = new();

    /// <summary>What became of the rows of the files before it.</summary>
    public BatchCounts Read { get; init; } = new(0, new());

    /// <summary>Whether every row is stored and the import can be shown.</summary>
    public bool Complete { get; init; }

    /// <summary>The last conversation that is folded; empty: none is.</summary>
    public Guid FoldedTo { get; init; }

    /// <summary>What the fold did so far.</summary>
    public FoldCounts Folded { get; init; } = new();

    /// <summary>Behind some more rows of the file.</summary>
    public ImportProgress After(long line, FileCounts rows) => this with { Line = line, Rows = rows };

    /// <summary>Behind the file's last row.</summary>
    public ImportProgress AfterFile() => this with { File = File + 1, Line = 0, Rows = new(), Read = new(Read.Files + 1, Read.Rows + Rows) };

    /// <summary>Behind one more page of conversations.</summary>
    public ImportProgress AfterFold(Guid last, FoldCounts counts) => this with { FoldedTo = last, Folded = Folded + counts };
}
