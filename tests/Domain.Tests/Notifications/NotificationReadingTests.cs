using System.Text;
using QualityIngest.Domain.Notifications;
using QualityIngest.TestKit.Sns;

namespace QualityIngest.Domain.Tests.Notifications;

public sealed class NotificationReadingTests
{
    [Theory]
    [InlineData("ObjectCreated:Put")]
    [InlineData("ObjectCreated:CompleteMultipartUpload")]
    [InlineData("ObjectRemoved:Delete")]
    [InlineData("ObjectRemoved:DeleteMarkerCreated")]
    [InlineData("LifecycleExpiration:Delete")]
    [InlineData("s3:ObjectCreated:Put")]
    public void What_comes_changes_or_goes_is_a_hint(string name) =>
        Assert.Equal([new("b", "calls/day.csv")], Message(SnsTopic.Records("b", name, "calls/day.csv")).Objects);

    [Theory]
    [InlineData("ObjectTagging:Put")]
    [InlineData("ObjectRestore:Completed")]
    [InlineData("ReducedRedundancyLostObject")]
    public void What_says_nothing_of_that_is_counted(string name)
    {
        var hints = Message(SnsTopic.Records("b", name, "calls/day.csv", "calls/other.csv"));

        Assert.Empty(hints.Objects);
        Assert.Equal(2, hints.Others);
    }

    [Theory]
    [InlineData("calls/day one.csv")]
    [InlineData("calls/a+b.csv")]
    [InlineData("calls/100%.csv")]
    [InlineData("calls/%41.csv")]
    [InlineData("calls/Grüße 通話 📞.csv")]
    [InlineData("calls/a&b=c?d#e:f@g.csv")]
    public void A_key_is_decoded_once(string key) =>
        Assert.Equal(key, Assert.Single(Message(SnsTopic.Records("b", "ObjectCreated:Put", key)).Objects).Key);

    [Theory]
    [InlineData("calls/a+b 100%.csv")]
    [InlineData("calls/%41.csv")]
    public void Event_bridge_writes_keys_as_they_are(string key)
    {
        var hints = Plain($$$"""
            {"version":"0","id":"1","detail-type":"Object Created","source":"aws.s3","account":"123456789012","time":"2025-06-10T14:00:00Z",
             "region":"eu-central-1","resources":["arn:aws:s3:::b"],
             "detail":{"version":"0","bucket":{"name":"b"},"object":{"key":"{{{key}}}","size":5,"etag":"b1","sequencer":"00"},"reason":"PutObject"}}
            """);

        Assert.Equal([new("b", key)], hints.Objects);
    }

    [Theory]
    [InlineData("""{"detail-type":"Object Tags Added","source":"aws.s3","detail":{}}""")]
    [InlineData("""{"detail-type":"Object Created","source":"my.app","detail":{}}""")]
    public void Other_events_of_event_bridge_say_nothing(string body) => Assert.Equal((0, 1), (Plain(body).Objects.Count, Plain(body).Others));

    [Fact]
    public void The_test_event_says_nothing() => Assert.Empty(Message(
        """{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2025-06-10T14:00:00.000Z","Bucket":"b","RequestId":"1","HostId":"2"}""").Objects);

    [Theory]
    [InlineData("", "", "invalid_json")]
    [InlineData("{", "", "invalid_json")]
    [InlineData("[]", "", "wrong_type")]
    [InlineData("{}", "", "notification_unknown")]
    [InlineData("""{"Type":"Notification","TopicArn":"t","TopicArn":"u"}""", "", "invalid_json")]
    [InlineData("""{"Type":"Notification","TopicArn":"t"}""", "/MessageId", "missing_member")]
    [InlineData("""{"Type":"Advert","TopicArn":"t"}""", "/Type", "notification_unknown")]
    [InlineData("""{"Type":"0","TopicArn":"t"}""", "/Type", "notification_unknown")]
    [InlineData("""{"Type":7,"TopicArn":"t"}""", "/Type", "wrong_type")]
    [InlineData("""{"detail-type":"Object Created","source":"aws.s3"}""", "/detail", "missing_member")]
    [InlineData("""{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"b"},"object":{"key":""}}}""", "/detail/object/key", "key_invalid")]
    [InlineData("""{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"b"},"object":{"key":"\ud800"}}}""", "/detail/object/key", "escape_invalid")]
    [InlineData("""{"Records":{}}""", "/Records", "wrong_type")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":"%00"}}}]}""", "/Records/0/s3/object/key", "key_invalid")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{}}}]}""", "/Records/0/s3/object/key", "missing_member")]
    public void What_is_malformed_is_located(string body, string pointer, string code) => Located(pointer, code, Body(body));

    [Theory]
    [InlineData("good morning", "/Message", "invalid_json")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put"}]}""", "/Message/Records/0/s3", "missing_member")]
    [InlineData("""{"Records":[7]}""", "/Message/Records/0", "wrong_type")]
    public void Within_a_message_the_pointer_goes_on(string message, string pointer, string code) =>
        Located(pointer, code, NotificationReading.Message(message, 10));

    [Fact]
    public void A_notification_names_so_many_objects_and_no_more()
    {
        var keys = Enumerable.Range(1, 11).Select(i => $"calls/{i}.csv").ToList();

        Assert.Equal(10, Message(SnsTopic.Records("b", "ObjectCreated:Put", keys.Take(10))).Objects.Count);
        Located("/Records", "too_many", NotificationReading.Message(SnsTopic.Records("b", "ObjectCreated:Put", keys), 10));
    }

    [Fact]
    public void Json_that_is_too_deep_is_refused() =>
        Located("", "invalid_json", Body(string.Concat(Enumerable.Repeat("""{"a":""", 100)) + "1" + new string('}', 100)));

    private static BucketHints Message(string message) => NotificationReading.Message(message, 10).Value;

    private static BucketHints Plain(string body) => Assert.IsType<PlainNotification>(Body(body).Value).Hints;

    private static Outcome<IncomingNotification> Body(string body) => NotificationReading.Body(Encoding.UTF8.GetBytes(body), 10);

    private static void Located<T>(string pointer, string code, Outcome<T> outcome)
    {
        var malformed = Assert.IsType<Failure.Malformed>(outcome.Failure);
        Assert.Equal("notification_malformed", malformed.Code);
        Assert.Equal((pointer, code), (malformed.Errors[0].Pointer, malformed.Errors[0].Code));
    }
}
