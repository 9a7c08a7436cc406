namespace QualityIngest.Domain.Sources;

/// <summary>Collects the checks of one test in their order; after a failure the rest are skipped.</summary>
internal sealed class ConnectionChecks
{
    private const int MaxDetails = 100;

    private readonly List<ConnectionCheck> checks = [];

    /// <summary>One for each path that could be listed.</summary>
    public List<ScanPreview> Preview { get; } = [];

    public void Pass(ConnectionCheckName name, string message, IReadOnlyList<ConnectionCheckDetail>? details = null) =>
        checks.Add(new(name, ConnectionCheckStatus.Passed, null, message, null, Bounded(details ?? [])));

    public void Skip(ConnectionCheckName name, string message) =>
        checks.Add(new(name, ConnectionCheckStatus.Skipped, null, message, null, []));

    public void Fail(ConnectionCheckName name, string code, string message, string resolution, IReadOnlyList<ConnectionCheckDetail>? details = null) =>
        checks.Add(new(name, ConnectionCheckStatus.Failed, code, message, resolution, Bounded(details ?? [])));

    public void Fail(ConnectionCheckName name, SourceFailure failure, string? path = null) =>
        Fail(name, failure.Code, failure.Message, failure.Resolution, path is null ? [] : [new(path, null, null, failure.Code, failure.Message)]);

    /// <summary>The report, with every check that was not reached skipped.</summary>
    public ConnectionTestReport Report()
    {
        foreach (var name in Enum.GetValues<ConnectionCheckName>())
        {
            if (checks.All(check => check.Name != name))
                Skip(name, "Skipped, because an earlier check failed.");
        }

        return new(
            checks.All(check => check.Status != ConnectionCheckStatus.Failed),
            [.. checks.OrderBy(check => check.Name)],
            Preview);
    }

    private static List<ConnectionCheckDetail> Bounded(IReadOnlyList<ConnectionCheckDetail> details) => [.. details.Take(MaxDetails)];
}
