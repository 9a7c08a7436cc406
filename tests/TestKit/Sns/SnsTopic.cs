using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QualityIngest.TestKit.Sns;

/// <summary>A topic that signs its messages as SNS does, with a key and a certificate of its own.</summary>
public sealed class SnsTopic : IDisposable
{
    private static readonly string[] OfNotifications = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    private static readonly string[] OfConfirmations = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    private readonly RSA key;

    /// <summary>Makes a topic.</summary>
    /// <param name="host">Where its certificate and its confirmations are; null: AWS's host of its region.</param>
    /// <param name="name">The name that its certificate is issued for.</param>
    /// <param name="notBefore">Since when the certificate is valid; null: yesterday.</param>
    /// <param name="notAfter">Until when the certificate is valid; null: tomorrow.</param>
    /// <param name="bits">The size of its key.</param>
    public SnsTopic(
        string? host = null, string name = "sns.amazonaws.com", DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null, int bits = 2_048)
    {
        key = RSA.Create(bits);
        Host = host ?? "sns.eu-central-1.amazonaws.com";
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            notBefore ?? DateTimeOffset.UtcNow.AddDays(-1), notAfter ?? DateTimeOffset.UtcNow.AddDays(1));
        Pem = certificate.ExportCertificatePem();
    }

    /// <summary>The topic's name.</summary>
    public string Arn { get; } = $"arn:aws:sns:eu-central-1:123456789012:topic-{Guid.NewGuid():N}";

    /// <summary>Where its certificate and its confirmations are.</summary>
    public string Host { get; }

    /// <summary>Its certificate.</summary>
    public string Pem { get; }

    /// <summary>The address of its certificate.</summary>
    public string CertificateUrl => $"https://{Host}{CertificatePath}";

    /// <summary>The path of its certificate.</summary>
    public string CertificatePath { get; } = $"/SimpleNotificationService-{Guid.NewGuid():N}.pem";

    /// <summary>The message that a publisher's text becomes.</summary>
    /// <param name="message">What is published.</param>
    /// <param name="version">1 or 2.</param>
    /// <param name="at">When; null: now.</param>
    /// <param name="subject">The subject, if there is one.</param>
    public JsonObject Notification(string message, int version = 2, DateTimeOffset? at = null, string? subject = "Amazon S3 Notification")
    {
        var envelope = Envelope("Notification", message, version, at);
        if (subject is not null)
            envelope["Subject"] = subject;
        envelope["UnsubscribeURL"] = $"https://{Host}/?Action=Unsubscribe&SubscriptionArn={Arn}:7";
        return Signed(envelope);
    }

    /// <summary>The message that asks for, or tells of the end of, a subscription.</summary>
    public JsonObject Confirmation(string type = "SubscriptionConfirmation", int version = 1, string? subscribeUrl = null)
    {
        var envelope = Envelope(type, "You have chosen to subscribe to the topic.", version, null);
        envelope["Token"] = "2336412f37fb687f5d51e6e2425f004a";
        envelope["SubscribeURL"] = subscribeUrl ?? $"https://{Host}/?Action=ConfirmSubscription&TopicArn={Arn}&Token=2336412f37fb687f5d51e6e2425f004a";
        return Signed(envelope);
    }

    /// <summary>Signs an envelope as it stands.</summary>
    public JsonObject Signed(JsonObject envelope)
    {
        var text = new StringBuilder();
        foreach (var member in (string)envelope["Type"]! == "Notification" ? OfNotifications : OfConfirmations)
        {
            if (envelope[member] is { } value)
                text.Append(CultureInfo.InvariantCulture, $"{member}\n{(string)value!}\n");
        }

        var hash = (string)envelope["SignatureVersion"]! == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        envelope["Signature"] = Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(text.ToString()), hash, RSASignaturePadding.Pkcs1));
        return envelope;
    }

    /// <summary>What S3 publishes of some objects of a bucket: their keys written as S3 writes them.</summary>
    public static string Records(string bucket, string eventName, params IEnumerable<string> keys) =>
        JsonSerializer.Serialize(new
        {
            Records = keys.Select(key => new
            {
                eventVersion = "2.1",
                eventSource = "aws:s3",
                awsRegion = "eu-central-1",
                eventTime = "2025-06-10T14:00:00.000Z",
                eventName,
                s3 = new
                {
                    s3SchemaVersion = "1.0",
                    bucket = new { name = bucket, arn = $"arn:aws:s3:::{bucket}" },
                    @object = new { key = Written(key), size = 17, eTag = "00000000000000000000000000000000", sequencer = "0055AED6DCD90281E5" },
                },
            }),
        });

    /// <summary>A key as S3 writes it: percent-encoded, a space as a plus.</summary>
    public static string Written(string key) =>
        Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal).Replace("%20", "+", StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private JsonObject Envelope(string type, string message, int version, DateTimeOffset? at) => new()
    {
        ["Type"] = type,
        ["MessageId"] = Guid.NewGuid().ToString(),
        ["TopicArn"] = Arn,
        ["Message"] = message,
        ["Timestamp"] = (at ?? DateTimeOffset.UtcNow).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        ["SignatureVersion"] = version.ToString(CultureInfo.InvariantCulture),
        ["SigningCertURL"] = CertificateUrl,
    };
}
