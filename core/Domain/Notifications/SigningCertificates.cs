using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;

namespace QualityIngest.Domain.Notifications;

/// <summary>Where the certificates of messages come from.</summary>
public interface ISigningCertificates
{
    /// <summary>The certificate at an address of SNS.</summary>
    /// <param name="address">One that <see cref="SnsAddresses.Certificate"/> let through.</param>
    /// <param name="cancel">Ends the request.</param>
    Task<CertificateAnswer> Get(Uri address, CancellationToken cancel);
}

/// <summary>What came of asking for a certificate.</summary>
/// <param name="Certificate">The certificate; null: there is none that can be used.</param>
/// <param name="Reachable">False: nobody answered sensibly, and asking later can help.</param>
public sealed record CertificateAnswer(SigningCertificate? Certificate, bool Reachable = true);

/// <summary>Fetches certificates from SNS and keeps some of them for a while.</summary>
public sealed class SigningCertificates(SnsCalls calls, TimeProvider time, IOptions<NotificationOptions> options) : ISigningCertificates, IDisposable
{
    private readonly ConcurrentDictionary<Uri, Kept> _kept = new();
    private readonly SemaphoreSlim _fetching = new(1, 1);

    /// <inheritdoc/>
    public async Task<CertificateAnswer> Get(Uri address, CancellationToken cancel)
    {
        if (Known(address) is { } known)
            return new(known);

        // One at a time: a burst under a new certificate fetches it once, and nobody can have this node call SNS in a crowd.
        await _fetching.WaitAsync(cancel);
        try
        {
            return Known(address) is { } fetched ? new(fetched) : await Fetch(address, cancel);
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _fetching.Dispose();

    private SigningCertificate? Known(Uri address) =>
        _kept.TryGetValue(address, out var kept) && time.GetElapsedTime(kept.Since) < options.Value.CertificateLifetime ? kept.Certificate : null;

    private async Task<CertificateAnswer> Fetch(Uri address, CancellationToken cancel)
    {
        var answer = await calls.Get(address, cancel);
        if (answer.Status is not HttpStatusCode.OK)
            return new(null, Reachable: answer.Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError);
        if (SigningCertificate.Read(answer.Text) is not { } certificate)
            return new(null);
        Keep(address, certificate);
        return new(certificate);
    }

    /// <summary>Keeps a certificate; the longest kept make room.</summary>
    private void Keep(Uri address, SigningCertificate certificate)
    {
        _kept[address] = new(certificate, time.GetTimestamp());
        foreach (var old in _kept.OrderByDescending(k => k.Value.Since).Skip(options.Value.Certificates))
            _kept.TryRemove(old);
    }

    private sealed record Kept(SigningCertificate Certificate, long Since);
}
