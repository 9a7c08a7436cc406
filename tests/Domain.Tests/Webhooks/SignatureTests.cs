using QualityIngest.Domain.Webhooks;

namespace QualityIngest.Domain.Tests.Webhooks;

public sealed class SignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly byte[] Body = "{\"test\": 2432232314}"u8.ToArray();

    [Fact]
    public void The_vector_of_the_specification_comes_out() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Body, [WebhookSignature.Key(Secret)]));

    [Fact]
    public void Every_key_signs_with_a_space_between()
    {
        var (first, second) = (WebhookSignature.Key(Secret), WebhookSignature.Key(WebhookSignature.NewSecret()));

        var both = WebhookSignature.Sign("id", 1, Body, [first, second]);

        Assert.Equal($"{WebhookSignature.Sign("id", 1, Body, [first])} {WebhookSignature.Sign("id", 1, Body, [second])}", both);
    }

    [Fact]
    public void Id_time_and_body_are_all_signed()
    {
        byte[][] keys = [WebhookSignature.Key(Secret)];
        var signed = WebhookSignature.Sign("id", 1, Body, keys);

        Assert.NotEqual(signed, WebhookSignature.Sign("ie", 1, Body, keys));
        Assert.NotEqual(signed, WebhookSignature.Sign("id", 2, Body, keys));
        Assert.NotEqual(signed, WebhookSignature.Sign("id", 1, "{}"u8, keys));
    }

    [Fact]
    public void New_secrets_are_of_the_form_that_the_specification_asks_for_and_differ()
    {
        var (one, other) = (WebhookSignature.NewSecret(), WebhookSignature.NewSecret());

        Assert.True(EndpointCheck.IsSecret(one));
        Assert.Equal(32, WebhookSignature.Key(one).Length);
        Assert.NotEqual(one, other);
    }

    [Theory]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(23, false)]
    [InlineData(65, false)]
    [InlineData(0, false)]
    public void A_secret_has_24_to_64_bytes(int bytes, bool taken) =>
        Assert.Equal(taken, EndpointCheck.IsSecret("whsec_" + Convert.ToBase64String(new byte[bytes])));

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS")]
    [InlineData("whsec_MfKQ9r8GKYqr TwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")]
    [InlineData("whsec_????????????????????????????????")]
    public void What_is_no_secret_is_told(string text) => Assert.False(EndpointCheck.IsSecret(text));
}
