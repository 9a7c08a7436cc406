using QualityIngest.Domain.Formats.Archives;

namespace QualityIngest.Domain.Formats;

/// <summary>Conversations that are read one behind the other.</summary>
internal interface IConversations : IDisposable
{
    /// <summary>Where the reading stands, as far as it is more than the file.</summary>
    FormatPlace? Place { get; }

    /// <summary>The next item; null at the end. A <see cref="FileError"/> is the last one.</summary>
    /// <exception cref="ArchiveException">The compressed bytes cannot be read on.</exception>
    ValueTask<FormatItem?> Next(CancellationToken cancel);
}

/// <summary>Counts the records of a file through all its members.</summary>
internal sealed class RecordNumbers
{
    private long _last;

    public long Next() => ++_last;
}
