using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Ingest;

/// <summary>What a store has shown, to be set against the ledger.</summary>
/// <param name="At">
/// The database's time before the store was asked. Whatever was recorded of a file after it may come from a later look.
/// </param>
/// <param name="Objects">The objects that were shown.</param>
public abstract record Sighting(DateTimeOffset At, IReadOnlyList<ListedObject> Objects);

/// <summary>A page of a listing: what the ledger has within it and the page has not is gone.</summary>
/// <param name="At">See <see cref="Sighting"/>.</param>
/// <param name="Objects">The page's objects, in the order of their keys.</param>
/// <param name="Prefix">The prefix that was listed.</param>
/// <param name="After">The page covers the keys after this one; null: from the prefix's first.</param>
/// <param name="UpTo">The page covers the keys up to this one, itself included; null: to the prefix's end.</param>
public sealed record ListedPage(DateTimeOffset At, IReadOnlyList<ListedObject> Objects, string Prefix, string? After, string? UpTo)
    : Sighting(At, Objects)
{
    /// <summary>The batch whose own work lists it, and is not asked for again; null: another listing.</summary>
    public string? Batch { get; init; }

    /// <summary>Whether files are discovered whatever their age: a batch is taken whole.</summary>
    public bool AnyAge { get; init; }
}

/// <summary>Single keys that were asked for: one without an object is gone.</summary>
/// <param name="At">See <see cref="Sighting"/>.</param>
/// <param name="Objects">Those that are there.</param>
/// <param name="Keys">All that were asked for, each once.</param>
public sealed record NamedKeys(DateTimeOffset At, IReadOnlyList<ListedObject> Objects, IReadOnlyList<string> Keys)
    : Sighting(At, Objects);
