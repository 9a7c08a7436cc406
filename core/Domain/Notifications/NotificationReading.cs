using System.Net;
using System.Text;
using System.Text.Json;

namespace QualityIngest.Domain.Notifications;

/// <summary>
/// Reads what S3, SNS and EventBridge send. Errors are located by a JSON pointer into the body; within an SNS message's text,
/// which is JSON of its own, the pointer goes on behind <c>/Message</c>.
/// </summary>
public static class NotificationReading
{
    private const int LongestKey = 1_024; // UTF-8 bytes, S3's own limit

    /// <summary>A body: an SNS message, an event of EventBridge, or S3's own records.</summary>
    public static Outcome<IncomingNotification> Body(ReadOnlyMemory<byte> body, int maxKeys) => Located<IncomingNotification>(() =>
    {
        var json = NotificationJson.Read(body, "");
        if (json.Has("TopicArn"))
            return new SnsNotification(Envelope(json));
        if (json.Has("detail-type"))
            return new PlainNotification(Event(json));
        return json.Has("Records") || IsTest(json)
            ? new PlainNotification(Records(json, maxKeys))
            : throw new NotificationFault("", "notification_unknown", "This is neither a message of SNS, nor an event of EventBridge, nor records of S3.");
    });

    /// <summary>The text of an SNS message that S3 published.</summary>
    public static Outcome<BucketHints> Message(string message, int maxKeys) =>
        Located(() => Records(NotificationJson.Read(message, "/Message"), maxKeys));

    private static SnsEnvelope Envelope(NotificationJson json)
    {
        var type = json.Text("Type");
        if (!Enum.TryParse<SnsMessageType>(type, out var known) || known.ToString() != type)
            throw new NotificationFault("/Type", "notification_unknown", "SNS has no message of this type.");
        var confirms = known != SnsMessageType.Notification;
        return new(
            known,
            json.Text("MessageId"),
            json.Text("TopicArn"),
            json.OptionalText("Subject"),
            json.Text("Message"),
            json.Text("Timestamp"),
            json.Text("SignatureVersion"),
            json.Text("Signature"),
            json.Text("SigningCertURL"),
            confirms ? json.Text("Token") : null,
            confirms ? json.Text("SubscribeURL") : null);
    }

    // EventBridge writes keys as they are; nothing is decoded.
    private static BucketHints Event(NotificationJson json)
    {
        if (json.Text("source") != "aws.s3" || json.Text("detail-type") is not ("Object Created" or "Object Deleted"))
            return new([], 1);
        var detail = json.Object("detail");
        var thing = detail.Object("object");
        return new([new(detail.Object("bucket").Text("name"), Key(thing, thing.Text("key")))], 0);
    }

    private static BucketHints Records(NotificationJson json, int maxKeys)
    {
        // What S3 publishes once, when its notifications are set up.
        if (IsTest(json))
            return new([], 1);

        var objects = new List<BucketHint>();
        var others = 0;
        foreach (var record in json.List("Records"))
        {
            if (!Tells(record.As(JsonValueKind.Object, "an object").Text("eventName")))
            {
                others++;
                continue;
            }

            if (objects.Count == maxKeys)
                throw new NotificationFault("/Records", "too_many", $"A notification names at most {maxKeys} objects.");
            var s3 = record.Object("s3");
            var thing = s3.Object("object");
            objects.Add(new(s3.Object("bucket").Text("name"), Key(thing, WebUtility.UrlDecode(thing.Text("key")))));
        }

        return new(objects, others);
    }

    private static bool IsTest(NotificationJson json) => json.Has("Event") && json.OptionalText("Event") == "s3:TestEvent";

    // Some stores put S3's prefix before the name of the event.
    private static bool Tells(string name)
    {
        var plain = name.StartsWith("s3:", StringComparison.Ordinal) ? name[3..] : name;
        return plain.StartsWith("ObjectCreated:", StringComparison.Ordinal)
            || plain.StartsWith("ObjectRemoved:", StringComparison.Ordinal)
            || plain.StartsWith("LifecycleExpiration:", StringComparison.Ordinal);
    }

    private static string Key(NotificationJson thing, string key) =>
        key.Length > 0 && Encoding.UTF8.GetByteCount(key) <= LongestKey && !key.Contains('\0', StringComparison.Ordinal)
            ? key
            : throw new NotificationFault($"{thing.Pointer}/key", "key_invalid", "A key has 1 to 1,024 bytes, none of them NUL.");

    private static Outcome<T> Located<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NotificationFault fault)
        {
            return new Failure.Malformed("notification_malformed", "The notification cannot be read.", [fault.Error]);
        }
    }
}
