namespace QualityIngest.Domain;

/// <summary>A thing that is replaced as a whole, and whose version tells whether it changed since it was read.</summary>
public interface IVersioned
{
    /// <summary>One at first, rising with every change.</summary>
    long Version { get; }

    /// <summary>What else it says that changes without the version, in short; null: nothing.</summary>
    string? Beside => null;
}

/// <summary>Which version a change is meant for.</summary>
/// <param name="Number">The version that was read; null: whatever it is now.</param>
public readonly record struct ExpectedVersion(long? Number)
{
    /// <summary>Whether a current version is the expected one.</summary>
    public bool Is(long current) => Number is null || Number == current;
}
