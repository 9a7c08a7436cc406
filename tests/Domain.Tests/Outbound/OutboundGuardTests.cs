using System.Net;
using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Tests.Outbound;

public sealed class OutboundGuardTests
{
    [Theory]
    [InlineData("https://example.com/a")]
    [InlineData("https://example.com:8443/a?b=c@d")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    [InlineData("https://bücher.example/")]
    public void A_public_https_URL_may_be_called(string url) => Guard().Check(new(url));

    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("https://@example.com/")]
    [InlineData("https://example.com./")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://localhost./")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://127.1/")]
    [InlineData("https://134744072/")]
    [InlineData("https://１２７.0.0.1/")]
    [InlineData("https://127。0。0。1/")]
    public void A_URL_of_another_form_may_not(string url) => Refused(() => Guard().Check(new(url)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.170.2")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::127.0.0.1")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:20::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:a00:1::")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public async Task An_address_that_is_not_public_is_refused_written_out_or_behind_a_name(string address)
    {
        Refused(() => Guard().Check(new($"https://{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}/")));

        Assert.False(PublicAddresses.Contains(IPAddress.Parse(address)));
        Assert.Null((await Dial("https://name.example/", names: address)).InnerException);
        Assert.Null((await Dial("https://name.example/", names: ["8.8.8.8", address])).InnerException);
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2002:808:808::1")]
    [InlineData("2600:9000::1")]
    [InlineData("2a00:1450::1")]
    public void The_neighbours_of_the_special_ranges_are_public(string address) => Assert.True(PublicAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("minio.internal", "http://minio.internal:9000/", true)]
    [InlineData("MinIO.internal", "https://minio.INTERNAL/", true)]
    [InlineData("minio.internal:9000", "http://minio.internal:9000/", true)]
    [InlineData("minio.internal:9000", "http://minio.internal:9001/", false)]
    [InlineData("minio.internal", "http://sub.minio.internal/", false)]
    [InlineData("127.0.0.1", "http://127.0.0.1:1234/", true)]
    [InlineData("127.0.0.1:80", "http://127.0.0.1:81/", false)]
    [InlineData("127.0.0.1", "http://2130706433/", false)]
    [InlineData("127.0.0.1", "http://user@127.0.0.1/", false)]
    [InlineData("10.0.0.0/8", "http://10.20.30.40/", true)]
    [InlineData("10.0.0.0/8:9000", "http://10.20.30.40:9000/", true)]
    [InlineData("10.0.0.0/8:9000", "http://10.20.30.40/", false)]
    [InlineData("10.0.0.0/8", "http://11.0.0.1/", false)]
    [InlineData("10.0.0.0/8", "http://[::ffff:10.0.0.1]/", true)]
    [InlineData("::1", "http://[::1]/", true)]
    [InlineData("[::1]:9000", "http://[::1]:9000/", true)]
    [InlineData("[::1]:9000", "http://[::1]/", false)]
    [InlineData("fd00::/8", "https://[fd12::1]/", true)]
    [InlineData("169.254.169.254", "http://169.254.169.254/", true)]
    public void The_configuration_opens_what_it_names_and_no_more(string allow, string url, bool opens)
    {
        var guard = Guard([allow]);
        if (opens)
            guard.Check(new(url));
        else
            Refused(() => guard.Check(new(url)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://minio")]
    [InlineData("10.0.0.0/33")]
    [InlineData("host:port")]
    [InlineData("host:70000")]
    [InlineData("*.internal")]
    [InlineData("1")]
    [InlineData("a b")]
    public void An_entry_that_cannot_be_read_is_no_guard_at_all(string allow) => Assert.Throws<FormatException>(() => Guard([allow]));

    [Theory]
    [InlineData("minio.internal", "https://minio.internal/", "169.254.169.254")]
    [InlineData("minio.internal", "https://minio.internal/", "fd00:ec2::254")]
    [InlineData("10.0.0.0/8", "http://name.example/", "8.8.8.8")]
    [InlineData("10.0.0.0/8", "https://name.example/", "192.168.0.1")]
    public async Task An_opening_does_not_lead_further_than_it_says(string allow, string url, string resolved) =>
        Assert.Null((await Dial(url, [allow], resolved)).InnerException);

    [Fact]
    public async Task A_refused_and_a_failed_dial_look_the_same()
    {
        var refused = await Dial("https://name.example/", names: "10.0.0.1");
        var unresolved = await Dial("https://name.example/", names: []);

        Assert.Equal(refused.Message, unresolved.Message);
        Assert.False(refused.DialFailed);
        Assert.True(unresolved.DialFailed);
    }

    private static OutboundGuard Guard(IReadOnlyList<string>? allow = null, params string[] names) => new(
        new() { Allow = allow ?? [] },
        (_, _) => names.Length == 0
            ? Task.FromException<IPAddress[]>(new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound))
            : Task.FromResult(names.Select(IPAddress.Parse).ToArray()));

    private static async Task<OutboundRefusedException> Dial(string url, IReadOnlyList<string>? allow = null, params string[] names)
    {
        using var client = new HttpClient(Guard(allow, names).CreateHandler());
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri(url)));
        return Assert.IsType<OutboundRefusedException>(failure.InnerException);
    }

    private static void Refused(Action act) => Assert.Throws<OutboundRefusedException>(act);
}
