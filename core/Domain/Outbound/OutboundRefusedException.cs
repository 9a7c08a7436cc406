namespace QualityIngest.Domain.Outbound;

/// <summary>
/// A request was not let out, or its destination, which the deployment does not vouch for, could not be dialled. The two
/// look the same on purpose: a tenant that names hosts must not learn what listens where.
/// </summary>
public sealed class OutboundRefusedException : Exception
{
    /// <summary>The one public code for it.</summary>
    public const string Code = "outbound_refused";

    private const string Sentence = "The address is not allowed or cannot be reached from here.";

    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Why, for this deployment's own logs; never shown to a tenant.</param>
    /// <param name="inner">What the dial failed with, or null when nothing was dialled.</param>
    public OutboundRefusedException(string reason, Exception? inner = null) : base(Sentence, inner) => Reason = reason;

    /// <summary>Why, for this deployment's own logs; never shown to a tenant.</summary>
    public string Reason { get; }

    /// <summary>Whether the destination was allowed, but resolving or dialling it failed.</summary>
    public bool DialFailed => InnerException is not null;
}
