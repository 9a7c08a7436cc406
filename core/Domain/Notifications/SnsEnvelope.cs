using System.Security.Cryptography;
using System.Text;

namespace QualityIngest.Domain.Notifications;

/// <summary>What SNS wants.</summary>
public enum SnsMessageType
{
    /// <summary>It delivers a message of the topic.</summary>
    Notification,

    /// <summary>It asks whether the address wants to be subscribed.</summary>
    SubscriptionConfirmation,

    /// <summary>It tells that the address is no longer subscribed.</summary>
    UnsubscribeConfirmation,
}

/// <summary>A message of SNS as it stands in the body.</summary>
/// <param name="Type">What SNS wants.</param>
/// <param name="MessageId">The message's id.</param>
/// <param name="TopicArn">The topic, as written.</param>
/// <param name="Subject">The subject, where there is one.</param>
/// <param name="Message">What was published, or a sentence for people.</param>
/// <param name="Timestamp">When it was published, as written.</param>
/// <param name="SignatureVersion"><c>1</c> or <c>2</c>.</param>
/// <param name="Signature">In base64.</param>
/// <param name="SigningCertUrl">Where the certificate is.</param>
/// <param name="Token">The confirmation's token.</param>
/// <param name="SubscribeUrl">The address that confirms.</param>
public sealed record SnsEnvelope(
    SnsMessageType Type, string MessageId, string TopicArn, string? Subject, string Message, string Timestamp, string SignatureVersion,
    string Signature, string SigningCertUrl, string? Token, string? SubscribeUrl)
{
    /// <summary>The text that SNS signs: names and values of some members, in the order of their names, a line each.</summary>
    public string SignedText()
    {
        (string Name, string? Value)[] members = Type == SnsMessageType.Notification
            ?
            [
                ("Message", Message), ("MessageId", MessageId), ("Subject", Subject), ("Timestamp", Timestamp), ("TopicArn", TopicArn),
                ("Type", Type.ToString()),
            ]
            :
            [
                ("Message", Message), ("MessageId", MessageId), ("SubscribeURL", SubscribeUrl), ("Timestamp", Timestamp), ("Token", Token),
                ("TopicArn", TopicArn), ("Type", Type.ToString()),
            ];
        var text = new StringBuilder();
        foreach (var (name, value) in members)
        {
            if (value is not null)
                text.Append(name).Append('\n').Append(value).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Whether the certificate's holder signed the message, under version 1 (SHA-1) or 2 (SHA-256).</summary>
    public bool IsSignedBy(SigningCertificate certificate)
    {
        HashAlgorithmName? hash = SignatureVersion switch
        {
            "1" => HashAlgorithmName.SHA1,
            "2" => HashAlgorithmName.SHA256,
            _ => null,
        };
        var signature = new byte[Signature.Length];
        return hash is { } known
            && Convert.TryFromBase64String(Signature, signature, out var length)
            && certificate.Signed(Encoding.UTF8.GetBytes(SignedText()), signature.AsSpan(0, length), known);
    }
}
