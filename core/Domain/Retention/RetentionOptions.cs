namespace QualityIngest.Domain.Retention;

/// <summary>How long is kept what nothing depends on any more. Section <c>Retention</c>; days, 0: for ever.</summary>
public sealed record RetentionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Retention";

    /// <summary>What <see cref="IsValid"/> asks for.</summary>
    public const string Rule =
        "Retention: Rejections, Deliveries and Work are 0 to 36,500 days (0: for ever), BatchRows 1 to 10,000, Batches 1 to 10,000. "
        + "Events and Contents are 0: events are the record, and what was said goes with the erasure of its conversation alone.";

    /// <summary>Days for which events are kept. Only 0, for ever: read tables are made of them. Default 0.</summary>
    public int Events { get; init; }

    /// <summary>Days for which what was said is kept. Only 0, for ever, or until its conversation is erased. Default 0.</summary>
    public int Contents { get; init; }

    /// <summary>Days for which it is kept why rows were refused; files keep how many were. Default 90.</summary>
    public int Rejections { get; init; } = 90;

    /// <summary>Days for which webhook messages are kept with their attempts, once they are delivered or given up. Default 30.</summary>
    public int Deliveries { get; init; } = 30;

    /// <summary>Days for which scans are kept once they have ended, and dead letters since they died. Default 90.</summary>
    public int Work { get; init; } = 90;

    /// <summary>Rows that one transaction deletes. Default 1,000.</summary>
    public int BatchRows { get; init; } = 1_000;

    /// <summary>Transactions of one kind in one hourly run; what is left then waits for the next. Default 500.</summary>
    public int Batches { get; init; } = 500;

    /// <summary>Whether the values are within their bounds.</summary>
    public bool IsValid =>
        this is { Events: 0, Contents: 0, Rejections: >= 0 and <= 36_500, Deliveries: >= 0 and <= 36_500, Work: >= 0 and <= 36_500 }
            and { BatchRows: >= 1 and <= 10_000, Batches: >= 1 and <= 10_000 };
}
