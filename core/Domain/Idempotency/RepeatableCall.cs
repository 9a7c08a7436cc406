using System.Security.Cryptography;
using System.Text;

namespace QualityIngest.Domain.Idempotency;

/// <summary>A call under an Idempotency-Key.</summary>
/// <param name="Tenant">Whose; null: administrators'.</param>
/// <param name="KeyHash">SHA-256 of the key.</param>
/// <param name="Fingerprint">What is asked for: equal for equal requests under one key, and without the key no help to guess one.</param>
/// <param name="Subject">What the call is about, where its address names it.</param>
public sealed record RepeatableCall(string? Tenant, byte[] KeyHash, byte[] Fingerprint, Guid? Subject)
{
    /// <summary>Reads a call.</summary>
    /// <param name="tenant">Whose; null: administrators'.</param>
    /// <param name="key">The header's text.</param>
    /// <param name="operation">Method, path and query.</param>
    /// <param name="subject">What the call is about, where its address names it.</param>
    /// <param name="body">From its first byte on; read to its end.</param>
    /// <param name="cancel">Stops the reading.</param>
    public static async Task<RepeatableCall> Of(
        string? tenant, string key, string operation, Guid? subject, Stream body, CancellationToken cancel)
    {
        var secret = Encoding.ASCII.GetBytes(key);
        using var fingerprint = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        fingerprint.AppendData(Encoding.UTF8.GetBytes(operation));
        fingerprint.AppendData([0]);
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancel) is > 0 and var read)
            fingerprint.AppendData(buffer, 0, read);
        return new(tenant, SHA256.HashData(secret), fingerprint.GetHashAndReset(), subject);
    }
}

/// <summary>What was answered.</summary>
/// <param name="Status">The HTTP status: one of success.</param>
/// <param name="IsSecret">It showed something secret: there is no body.</param>
/// <param name="Location">The header Location.</param>
/// <param name="Etag">The header ETag.</param>
/// <param name="ContentType">The body's type.</param>
/// <param name="Body">Null: there is none.</param>
public sealed record KeptAnswer(int Status, bool IsSecret, string? Location, string? Etag, string? ContentType, byte[]? Body);

/// <summary>What is known of a call that comes under a key.</summary>
public abstract record CallStanding
{
    private CallStanding()
    {
    }

    /// <summary>It is new: carry it out, then keep or release it.</summary>
    /// <param name="Claim">What proves that it is still the caller's to answer.</param>
    public sealed record Claimed(Guid Claim) : CallStanding;

    /// <summary>It is being carried out.</summary>
    public sealed record InFlight : CallStanding;

    /// <summary>The key was used for another call.</summary>
    public sealed record Mismatched : CallStanding;

    /// <summary>It was carried out.</summary>
    /// <param name="Answer">What was answered.</param>
    public sealed record Answered(KeptAnswer Answer) : CallStanding;
}
