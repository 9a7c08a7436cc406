using Microsoft.Extensions.Options;
using QualityIngest.Domain.Notifications;

namespace QualityIngest.Domain.Tests.Notifications;

public sealed class SnsAddressesTests
{
    private const string Arn = "arn:aws:sns:eu-central-1:123456789012:calls";
    private const string Pem = "SimpleNotificationService-01d088a6f77103d0fe307c0069e40ed6.pem";

    private static readonly SnsAddresses Addresses = Of();

    [Theory]
    [InlineData(Arn, "https://sns.eu-central-1.amazonaws.com/")]
    [InlineData("arn:aws:sns:us-east-1:123456789012:calls", "https://sns.us-east-1.amazonaws.com/")]
    [InlineData("arn:aws-us-gov:sns:us-gov-west-1:123456789012:calls", "https://sns.us-gov-west-1.amazonaws.com/")]
    [InlineData("arn:aws-cn:sns:cn-north-1:123456789012:calls", "https://sns.cn-north-1.amazonaws.com.cn/")]
    public void A_certificate_lies_at_the_host_of_the_topics_region(string topic, string root) =>
        Assert.Equal(root + Pem, Addresses.Certificate(root + Pem, TopicArn.Parse(topic)!)?.AbsoluteUri);

    [Theory]
    [InlineData("http://sns.eu-central-1.amazonaws.com/")]
    [InlineData("HTTPS://sns.eu-central-1.amazonaws.com/")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/")]
    [InlineData("https://sns.amazonaws.com/")]
    [InlineData("https://sns.eu-central-1.amazonaws.com.cn/")]
    [InlineData("https://sns.eu-central-1.amazonaws.com.example.com/")]
    [InlineData("https://sns.eu-central-1.amazonaws.com./")]
    [InlineData("https://sns.eu-central-1.amazonaws.com:443/")]
    [InlineData("https://sns.eu-central-1.amazonaws.com:8443/")]
    [InlineData("https://sns.eu-central-1.amazonaws.com@example.com/")]
    [InlineData("https://user@sns.eu-central-1.amazonaws.com/")]
    [InlineData("https://user:word@sns.eu-central-1.amazonaws.com/")]
    [InlineData("https://example.com/sns.eu-central-1.amazonaws.com/")]
    [InlineData("https://example.com#sns.eu-central-1.amazonaws.com/")]
    [InlineData("https://example.com\\sns.eu-central-1.amazonaws.com/")]
    [InlineData("https://sns.eu-central-1.amazonaws.com\\@example.com/")]
    [InlineData("https://xsns.eu-central-1.amazonaws.com/")]
    [InlineData("https://sns-eu-central-1.amazonaws.com/")]
    [InlineData("https://sns.eu-central-1.amazonaws.co/")]
    [InlineData("https://sns.eu-central-1.amazonaws\u3002com/")]
    [InlineData("https://sn\u0455.eu-central-1.amazonaws.com/")]
    [InlineData("https://sns%2eeu-central-1.amazonaws.com/")]
    [InlineData("https://s3.eu-central-1.amazonaws.com/sns/")]
    [InlineData("//sns.eu-central-1.amazonaws.com/")]
    [InlineData(" https://sns.eu-central-1.amazonaws.com/")]
    [InlineData("file:///")]
    [InlineData("")]
    public void A_lookalike_is_none(string root) => Assert.Null(Addresses.Certificate(root + Pem, TopicArn.Parse(Arn)!));

    [Theory]
    [InlineData("SimpleNotificationService-.pem")]
    [InlineData("SimpleNotificationService-01d0.crt")]
    [InlineData("SimpleNotificationService-01d0.pem?x=1")]
    [InlineData("SimpleNotificationService-01d0.pem#x")]
    [InlineData("SimpleNotificationService-01d0.pem\n")]
    [InlineData("../SimpleNotificationService-01d0.pem")]
    [InlineData("a/SimpleNotificationService-01d0.pem")]
    [InlineData("SimpleNotificationService-01%2F.pem")]
    [InlineData("other.pem")]
    [InlineData("")]
    public void A_certificate_has_a_path_of_one_form(string path) =>
        Assert.Null(Addresses.Certificate("https://sns.eu-central-1.amazonaws.com/" + path, TopicArn.Parse(Arn)!));

    [Fact]
    public void A_subscription_is_confirmed_at_the_topics_host() =>
        Assert.NotNull(Confirmation($"https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn={Arn}&Token=23"));

    [Theory]
    [InlineData("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Arn + "&Token=23")]
    [InlineData("https://sns.eu-central-1.amazonaws.com.example.com/?Action=ConfirmSubscription&TopicArn=" + Arn + "&Token=23")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/x?Action=ConfirmSubscription&TopicArn=" + Arn + "&Token=23")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/?Action=Publish&TopicArn=" + Arn + "&Token=23")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Action=Publish&TopicArn=" + Arn + "&Token=23")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Arn + "-other&Token=23")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Arn)]
    public void Nothing_else_confirms(string address) => Assert.Null(Confirmation(address));

    [Fact]
    public void The_installations_own_host_serves_with_its_port_and_no_other()
    {
        var own = Of("sns.internal:8443");

        Assert.NotNull(own.Certificate("https://sns.internal:8443/" + Pem, TopicArn.Parse(Arn)!));
        Assert.True(own.IsOwn(new("https://sns.internal:8443/" + Pem)));
        Assert.Null(own.Certificate("https://sns.internal/" + Pem, TopicArn.Parse(Arn)!));
        Assert.False(own.IsOwn(new("https://sns.eu-central-1.amazonaws.com/" + Pem)));
    }

    [Theory]
    [InlineData("arn:aws:sns:eu-central-1:123456789012:calls", true)]
    [InlineData("arn:aws:sns:eu-central-1:123456789012:calls.fifo", false)]
    [InlineData("arn:aws:sqs:eu-central-1:123456789012:calls", false)]
    [InlineData("arn:aws-iso:sns:us-iso-east-1:123456789012:calls", false)]
    [InlineData("arn:aws:sns:example.com/:123456789012:calls", false)]
    [InlineData("arn:aws:sns:eu-central-1:12345:calls", false)]
    [InlineData("arn:aws:sns:eu-central-1:123456789012:calls\n", false)]
    [InlineData("calls", false)]
    public void A_topic_is_named_by_its_arn(string text, bool isOne) => Assert.Equal(isOne, TopicArn.Parse(text) is not null);

    private static Uri? Confirmation(string address) => Addresses.Confirmation(address, TopicArn.Parse(Arn)!);

    private static SnsAddresses Of(params string[] hosts) => new(Options.Create(new NotificationOptions { Hosts = hosts }));
}
