using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using QualityIngest.Domain.Notifications;
using QualityIngest.TestKit.Sns;

namespace QualityIngest.Domain.Tests.Notifications;

/// <summary>Messages that are signed here, with a key and a certificate of the test's own.</summary>
public sealed class SnsVerificationTests
{
    private static readonly SnsTopic Topic = new();

    public static TheoryData<int, string> SignedMembers { get; } = new()
    {
        { 1, "Message" }, { 1, "MessageId" }, { 1, "Subject" }, { 1, "Timestamp" },
        { 2, "Message" }, { 2, "MessageId" }, { 2, "Subject" }, { 2, "Timestamp" },
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_signed_message_is_believed(int version) =>
        Assert.Null(await Refusal(Topic.Notification("the calls", version)));

    [Fact]
    public async Task A_message_without_a_subject_is_believed() =>
        Assert.Null(await Refusal(Topic.Notification("the calls", subject: null)));

    [Theory]
    [InlineData("line\nanother \"quoted\" \\ and\tmore")]
    [InlineData("Grüße, 通話, 📞")]
    [InlineData("")]
    public async Task What_is_signed_is_the_text_and_not_how_it_is_escaped(string message) =>
        Assert.Null(await Refusal(Topic.Notification(message)));

    [Theory]
    [InlineData("SubscriptionConfirmation", 1)]
    [InlineData("SubscriptionConfirmation", 2)]
    [InlineData("UnsubscribeConfirmation", 1)]
    [InlineData("UnsubscribeConfirmation", 2)]
    public async Task A_signed_confirmation_is_believed(string type, int version) =>
        Assert.Null(await Refusal(Topic.Confirmation(type, version)));

    [Theory]
    [MemberData(nameof(SignedMembers))]
    public async Task A_message_of_which_anything_was_changed_is_refused(int version, string member)
    {
        var envelope = Topic.Notification("the calls", version);
        envelope[member] = member == "Timestamp" ? DateTimeOffset.UtcNow.AddMinutes(-1).ToString("yyyy-MM-ddTHH:mm:ss.fffZ") : (string)envelope[member]! + "!";

        await IsRefused("signature_invalid", envelope);
    }

    [Theory]
    [InlineData(1, "Token")]
    [InlineData(1, "SubscribeURL")]
    [InlineData(2, "Token")]
    [InlineData(2, "SubscribeURL")]
    [InlineData(2, "Message")]
    public async Task A_confirmation_of_which_anything_was_changed_is_refused(int version, string member)
    {
        var envelope = Topic.Confirmation(version: version);
        envelope[member] = (string)envelope[member]! + "0";

        await IsRefused("signature_invalid", envelope);
    }

    [Fact]
    public async Task A_message_is_no_confirmation_with_the_same_signature()
    {
        var envelope = Topic.Confirmation();
        envelope["Type"] = "UnsubscribeConfirmation";

        await IsRefused("signature_invalid", envelope);
    }

    [Fact]
    public async Task A_subject_that_was_added_is_noticed()
    {
        var envelope = Topic.Notification("the calls", subject: null);
        envelope["Subject"] = "added";

        await IsRefused("signature_invalid", envelope);
    }

    [Theory]
    [InlineData("SignatureVersion", "1")]
    [InlineData("SignatureVersion", "3")]
    [InlineData("SignatureVersion", "02")]
    [InlineData("Signature", "")]
    [InlineData("Signature", "no base64!")]
    [InlineData("Signature", "AAAA")]
    public async Task A_signature_that_is_none_is_refused(string member, string value)
    {
        var envelope = Topic.Notification("the calls");
        envelope[member] = value;

        await IsRefused("signature_invalid", envelope);
    }

    [Fact]
    public async Task Another_key_under_the_same_certificate_is_refused()
    {
        using var other = new SnsTopic();
        var envelope = Topic.Notification("the calls");
        other.Signed(envelope);

        await IsRefused("signature_invalid", envelope);
    }

    [Fact]
    public async Task A_message_of_another_topic_is_refused_before_anything_is_fetched()
    {
        using var other = new SnsTopic();
        var source = new Certificates(other.Pem);

        Assert.Equal("wrong_topic", Code(await Refusal(other.Notification("the calls"), source)));
        Assert.Equal(0, source.Asked);
    }

    [Fact]
    public async Task Without_a_topic_no_message_is_taken() =>
        Assert.Equal("wrong_topic", Code(await Verification(new(Topic.Pem)).Refusal(
            Read(Topic.Notification("the calls")), expected: null, DateTimeOffset.UtcNow, default)));

    [Theory]
    [InlineData(-76, false)]
    [InlineData(-74, true)]
    [InlineData(14, true)]
    [InlineData(16, false)]
    public async Task A_message_is_taken_for_a_little_over_an_hour(int minutes, bool taken)
    {
        var envelope = Topic.Notification("the calls", at: DateTimeOffset.UtcNow.AddMinutes(minutes));

        Assert.Equal(taken ? null : "notification_expired", Code(await Refusal(envelope)));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("2025-06-10T14:00:00")]
    public async Task A_timestamp_that_is_none_is_located(string timestamp)
    {
        var envelope = Topic.Notification("the calls");
        envelope["Timestamp"] = timestamp;

        var malformed = Assert.IsType<Failure.Malformed>(await Refusal(Topic.Signed(envelope)));

        Assert.Equal(("/Timestamp", "timestamp_invalid"), (malformed.Errors[0].Pointer, malformed.Errors[0].Code));
    }

    [Theory]
    [InlineData(-3, -1)]
    [InlineData(1, 3)]
    public async Task A_certificate_that_is_not_valid_now_is_refused(int from, int to)
    {
        using var outdated = new SnsTopic(notBefore: DateTimeOffset.UtcNow.AddDays(from), notAfter: DateTimeOffset.UtcNow.AddDays(to));

        await IsRefused("certificate_untrusted", outdated.Notification("the calls"), outdated);
    }

    [Theory]
    [InlineData("sns.eu-central-1.amazonaws.com", true)]
    [InlineData("sns-signing.ap-east-1.amazonaws.com", true)]
    [InlineData("sns-cn-north-1.amazonaws.com.cn", true)]
    [InlineData("s3.amazonaws.com", false)]
    [InlineData("sns.amazonaws.com.example.com", false)]
    [InlineData("snsamazonaws.com", false)]
    public async Task A_certificate_is_taken_when_it_was_issued_to_sns(string name, bool taken)
    {
        using var topic = new SnsTopic(name: name);

        Assert.Equal(taken ? null : "certificate_untrusted", Code(await Refusal(topic.Notification("the calls"), new(topic.Pem), topic)));
    }

    [Fact]
    public async Task A_certificate_with_a_short_key_is_refused()
    {
        using var weak = new SnsTopic(bits: 1_024);

        await IsRefused("certificate_untrusted", weak.Notification("the calls"), weak);
    }

    [Fact]
    public async Task What_is_no_certificate_is_refused() =>
        Assert.Equal("certificate_untrusted", Code(await Refusal(Topic.Notification("the calls"), new("<html>sorry</html>"))));

    [Fact]
    public async Task A_certificate_that_cannot_be_had_for_the_moment_lets_sns_try_again()
    {
        var away = Assert.IsType<Failure.Unavailable>(await Refusal(Topic.Notification("the calls"), new(null)));

        Assert.Equal("certificate_unavailable", away.Code);
    }

    private static async Task IsRefused(string code, JsonObject envelope, SnsTopic? topic = null) =>
        Assert.Equal(code, Code(await Refusal(envelope, new((topic ?? Topic).Pem), topic)));

    private static Task<Failure?> Refusal(JsonObject envelope, Certificates? source = null, SnsTopic? topic = null) =>
        Verification(source ?? new((topic ?? Topic).Pem)).Refusal(
            Read(envelope), TopicArn.Parse((topic ?? Topic).Arn), DateTimeOffset.UtcNow, default);

    private static SnsEnvelope Read(JsonObject envelope) =>
        Assert.IsType<SnsNotification>(NotificationReading.Body(Encoding.UTF8.GetBytes(envelope.ToJsonString()), 10).Value).Envelope;

    private static SnsVerification Verification(Certificates source)
    {
        var options = Options.Create(new NotificationOptions());
        return new(new SnsAddresses(options), source, options);
    }

    private static string? Code(Failure? failure) => failure switch
    {
        null => null,
        Failure.Denied denied => denied.Code,
        Failure.Malformed malformed => malformed.Code,
        _ => failure.ToString(),
    };

    /// <summary>A source of one certificate; null: it cannot be reached.</summary>
    private sealed class Certificates(string? pem) : ISigningCertificates
    {
        public int Asked { get; private set; }

        public Task<CertificateAnswer> Get(Uri address, CancellationToken cancel)
        {
            Asked++;
            return Task.FromResult(pem is null ? new CertificateAnswer(null, Reachable: false) : new(SigningCertificate.Read(pem)));
        }
    }
}
