using QualityIngest.Domain.Telemetry;

namespace QualityIngest.Domain.Sources;

/// <summary>Whose fault a failure is, and therefore what follows from it.</summary>
public enum FailureClass
{
    /// <summary>Credentials, role, region, bucket or permission: the connector is suspended and probed.</summary>
    Connector,

    /// <summary>This object: the item backs off where <see cref="SourceFailure.Retryable"/>, else fails at once.</summary>
    Item,

    /// <summary>Network, throttling, a server's own fault: the item backs off and is tried again.</summary>
    Transient,
}

/// <summary>What went wrong with a bucket or an object, told apart as <c>formats.md</c>, Connection test, asks.</summary>
/// <param name="Class">Whose fault it is.</param>
/// <param name="Code">A stable snake_case word, e.g. <c>no_such_bucket</c>.</param>
/// <param name="Message">A sentence for people, without secrets and without addresses.</param>
/// <param name="Resolution">What to do about it.</param>
/// <param name="Retryable">Whether trying the same thing later can help.</param>
public sealed record SourceFailure(FailureClass Class, string Code, string Message, string Resolution, bool Retryable);

/// <summary>Carries a <see cref="SourceFailure"/> out of an exchange with a bucket.</summary>
public sealed class SourceException(SourceFailure failure, Exception? inner = null) : Exception(failure.Message, inner)
{
    /// <summary>What went wrong.</summary>
    public SourceFailure Failure { get; } = Counted(failure);

    // Wherever an exchange fails, this is how it says so.
    private static SourceFailure Counted(SourceFailure failure)
    {
        Instruments.SourceFailed(failure.Code);
        return failure;
    }
}
