using Microsoft.Extensions.Options;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Notifications;

/// <summary>Believes a message of SNS or does not: the topic is the expected one, the message is fresh, and SNS signed it.</summary>
public sealed class SnsVerification(SnsAddresses addresses, ISigningCertificates certificates, IOptions<NotificationOptions> options)
{
    /// <summary>Why the message is not believed; null: it is.</summary>
    /// <param name="envelope">The message.</param>
    /// <param name="expected">The connector's topic; null: it has none.</param>
    /// <param name="now">The database's time.</param>
    /// <param name="cancel">Ends the request for the certificate.</param>
    public async Task<Failure?> Refusal(SnsEnvelope envelope, TopicArn? expected, DateTimeOffset now, CancellationToken cancel)
    {
        if (expected is null || envelope.TopicArn != expected.Text)
            return new Failure.Denied("wrong_topic", "The message is of another topic than the connector's.");
        if (IsoTimestamp.Read(envelope.Timestamp, out var published) != TimestampKind.Moment)
            return new Failure.Malformed(
                "notification_malformed", "The notification cannot be read.", [new("/Timestamp", "timestamp_invalid", "This is no moment in ISO 8601.")]);
        if (published < now - options.Value.MaxAge || published > now + options.Value.MaxAhead)
            return new Failure.Denied("notification_expired", "The message is too old, or dated too far ahead. The next scan finds what it was about.");
        if (addresses.Certificate(envelope.SigningCertUrl, expected) is not { } address)
            return new Failure.Denied("certificate_untrusted", "The signing certificate's address is not one of SNS in the topic's region.");

        var (certificate, reachable) = await certificates.Get(address, cancel);
        if (!reachable)
            return new Failure.Unavailable("certificate_unavailable", "The signing certificate cannot be had for the moment.", TimeSpan.FromSeconds(20));
        if (certificate is null || !certificate.IsValidAt(now) || !(certificate.IsOfSns || addresses.IsOwn(address)))
            return new Failure.Denied("certificate_untrusted", "The signing certificate is none of SNS, or not valid at this time.");
        return envelope.IsSignedBy(certificate)
            ? null
            : new Failure.Denied("signature_invalid", "The message's signature is not SNS's.");
    }
}
