using System.Text;
using QualityIngest.Client;
using Server = QualityIngest.Domain.Webhooks.WebhookSignature;

namespace QualityIngest.Api.Tests.Clients;

/// <summary>The C# client tells the server's messages from others.</summary>
public sealed class SignatureTests
{
    private const string Id = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"conversation.completed","text":"Grüße"}""");
    private readonly SkippedTime _time = new();
    private readonly string _secret = Server.NewSecret();

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public void What_the_server_signs_is_genuine() => Verify(Signed(_secret), _secret);

    [Fact]
    public void A_genuine_message_is_read()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"id":"e-1","type":"file.deferred","timestamp":"2026-05-04T12:00:00Z","data":{"version":3,"url":"/v1/files/1","connectorId":null,"about":"linked","more":1}}""");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var headers = new Dictionary<string, string>
        {
            ["webhook-id"] = "e-1",
            ["webhook-timestamp"] = now.ToString(),
            ["webhook-signature"] = Server.Sign("e-1", now, body, [Server.Key(_secret)]),
        };

        var message = EventMessage.Open(headers.GetValueOrDefault, body, _secret);

        Assert.Equal(("file.deferred", 3), (message.Type, Assert.IsType<LinkedData>(message.Data).Version));
        Assert.Throws<WebhookSignatureException>(() => EventMessage.Open(_ => null, body, _secret));
    }

    [Fact]
    public void The_standards_own_example_is_genuine() =>
        WebhookSignature.Verify(
            "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            """{"test": 2432232314}"""u8, ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], TimeSpan.FromDays(365_000));

    [Fact]
    public void While_one_secret_replaces_the_other_either_side_may_know_one_or_both()
    {
        var other = Server.NewSecret();
        Verify(Signed(other, _secret), _secret);
        Verify(Signed(_secret), other, _secret);
        Verify($"v1a,{Convert.ToBase64String(new byte[64])} v2,x v1,*** {Signed(_secret)}", _secret);
    }

    [Fact]
    public void What_another_signed_or_changed_is_not()
    {
        var signature = Signed(_secret);
        Refused(() => Verify(Signed(Server.NewSecret()), _secret));
        Refused(() => WebhookSignature.Verify(Id, Now.ToString(), signature, "{}"u8, [_secret], time: _time));
        Refused(() => WebhookSignature.Verify("msg_other", Now.ToString(), signature, Body, [_secret], time: _time));
        Refused(() => WebhookSignature.Verify(Id, (Now + 1).ToString(), signature, Body, [_secret], time: _time));
        Refused(() => Verify(signature.Replace("v1,", "v1a,", StringComparison.Ordinal), _secret));
        Refused(() => Verify("v1,", _secret));
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void A_message_may_be_five_minutes_off(int seconds, bool genuine)
    {
        var signature = Server.Sign(Id, Now + seconds, Body, [Server.Key(_secret)]);
        var verify = () => WebhookSignature.Verify(Id, (Now + seconds).ToString(), signature, Body, [_secret], time: _time);
        if (genuine)
            verify();
        else
            Refused(verify);
    }

    [Theory]
    [InlineData(null, "1", "v1,x")]
    [InlineData("a", null, "v1,x")]
    [InlineData("a", "1", "")]
    [InlineData("a", "soon", "v1,x")]
    [InlineData("a", "-1", "v1,x")]
    [InlineData("a", "99999999999999999999", "v1,x")]
    [InlineData("a", "9223372036854775807", "v1,x")]
    public void Headers_that_are_missing_or_no_numbers_are_refused(string? id, string? timestamp, string? signatures) =>
        Refused(() => WebhookSignature.Verify(id, timestamp, signatures, Body, [_secret], time: _time));

    [Fact]
    public void A_secret_that_is_none_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => Verify(Signed(_secret), "whsec_???"));
        Assert.Throws<ArgumentException>(() => Verify(Signed(_secret), _secret["whsec_".Length..]));
        Assert.Throws<ArgumentException>(() => Verify(Signed(_secret)));
    }

    private void Verify(string signatures, params string[] secrets) =>
        WebhookSignature.Verify(Id, Now.ToString(), signatures, Body, secrets, time: _time);

    private string Signed(params string[] secrets) => Server.Sign(Id, Now, Body, [.. secrets.Select(Server.Key)]);

    private static void Refused(Action verify) => Assert.Throws<WebhookSignatureException>(verify);
}
