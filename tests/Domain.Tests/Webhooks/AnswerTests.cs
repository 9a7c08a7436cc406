using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using QualityIngest.Domain.Webhooks;
using QualityIngest.Domain.Webhooks.Delivery;

namespace QualityIngest.Domain.Tests.Webhooks;

public sealed class AnswerTests
{
    private static readonly WebhookOptions Hasty = new() { Timeout = TimeSpan.FromMilliseconds(300) };

    [Theory]
    [InlineData(200, null)]
    [InlineData(201, null)]
    [InlineData(204, null)]
    [InlineData(299, null)]
    [InlineData(300, DeliveryCodes.Redirected)]
    [InlineData(301, DeliveryCodes.Redirected)]
    [InlineData(304, DeliveryCodes.Redirected)]
    [InlineData(308, DeliveryCodes.Redirected)]
    [InlineData(400, DeliveryCodes.Refused)]
    [InlineData(401, DeliveryCodes.Refused)]
    [InlineData(410, DeliveryCodes.Refused)]
    [InlineData(429, DeliveryCodes.Refused)]
    [InlineData(500, DeliveryCodes.Refused)]
    [InlineData(599, DeliveryCodes.Refused)]
    public async Task A_status_says_whether_the_message_arrived(int status, string? code)
    {
        await using var elsewhere = await Listener.Taking();
        await using var listener = await Listener.Start(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = elsewhere.Url.AbsoluteUri;
            return Task.CompletedTask;
        });
        using var caller = listener.Caller();

        var result = await caller.Call();

        Assert.Equal((status, code, code is null), (result.Status, result.Code, result.Delivered));
        Assert.Equal((1, 0), (listener.Calls, elsewhere.Calls));
    }

    [Fact]
    public async Task The_beginning_of_an_answer_is_kept_and_no_more_of_it_is_read()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var caller = Listener.To(Address("http", listener));
        var endless = Task.Run(async () =>
        {
            using var connection = await listener.AcceptSocketAsync();
            await connection.ReceiveAsync(new byte[8192]);
            await connection.SendAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
            var part = new byte[64 * 1024];
            part.AsSpan().Fill((byte)'a');
            for (var sent = 0L; ; sent += part.Length)
            {
                try
                {
                    await connection.SendAsync(part);
                }
                catch (SocketException)
                {
                    return sent; // The other end has closed.
                }
            }
        });

        var result = await caller.Call();

        Assert.Null(result.Code);
        Assert.Equal(new string('a', 20_000), result.Response);
        Assert.InRange(await endless, 0, 30_000_000); // what the system's buffers hold
    }

    [Fact]
    public async Task What_is_no_text_is_kept_as_far_as_it_can_be_stored()
    {
        await using var listener = await Listener.Start(async context => await context.Response.Body.WriteAsync("a\0b"u8.ToArray().Append((byte)0xFF).ToArray()));
        using var caller = listener.Caller();

        var result = await caller.Call();

        Assert.Equal((null, "a\uFFFDb\uFFFD"), (result.Code, result.Response));
    }

    [Theory]
    [InlineData(200, DeliveryCodes.Timeout)]
    [InlineData(410, DeliveryCodes.Refused)]
    public async Task A_dripping_answer_ends_with_the_time_and_keeps_its_status(int status, string code)
    {
        await using var listener = await Listener.Start(async context =>
        {
            context.Response.StatusCode = status;
            while (true)
            {
                await context.Response.WriteAsync(".", context.RequestAborted);
                await Task.Delay(10, context.RequestAborted);
            }
        });
        using var caller = listener.Caller(options: Hasty with { Timeout = TimeSpan.FromSeconds(3) });

        var result = await caller.Call();

        Assert.Equal((status, code), (result.Status, result.Code));
        Assert.StartsWith("..", result.Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_is_no_whole_answer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var caller = Listener.To(Address("http", listener));
        var cutting = Task.Run(async () =>
        {
            using var connection = await listener.AcceptSocketAsync();
            await connection.ReceiveAsync(new byte[8192]);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"u8.ToArray());
            connection.Shutdown(SocketShutdown.Send);
            while (await connection.ReceiveAsync(new byte[8192]) > 0)
            {
            }
        });

        var result = await caller.Call();

        Assert.Equal((200, DeliveryCodes.Unreachable, "half"), (result.Status, result.Code, result.Response));
        await cutting;
    }

    [Fact]
    public async Task Neither_silence_nor_a_mute_connection_lasts_longer_than_the_time()
    {
        await using var silent = await Listener.Start(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var caller = silent.Caller(options: Hasty);
        Assert.Equal(DeliveryCodes.Timeout, (await caller.Call()).Code);

        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        using var shaking = Listener.To(Address("https", mute), options: Hasty);
        Assert.Equal(DeliveryCodes.Timeout, (await shaking.Call()).Code);
    }

    [Theory]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://[::1]/")]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("https://127.0.0.1:1/")]
    [InlineData("https://nowhere.invalid/")]
    [InlineData("https://unknown.invalid/")]
    public async Task What_may_not_be_called_looks_like_what_does_not_listen(string url)
    {
        using var caller = Listener.To(new(url));

        var result = await caller.Call();

        Assert.Equal(new AttemptResult(result.Duration, null, DeliveryCodes.Unreachable, null, null), result);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 7 ", 7)]
    [InlineData("0", 0)]
    [InlineData("86401", 86400)]
    [InlineData("99999999999999999999999999", 86400)]
    [InlineData("-5", null)]
    [InlineData("1.5", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public async Task Retry_after_counts_in_seconds_within_limits(string header, int? seconds)
    {
        await using var listener = await Listener.Start(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        });
        using var caller = listener.Caller();

        Assert.Equal(seconds, (await caller.Call()).RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(-600)]
    public async Task Retry_after_may_be_a_date(int ahead)
    {
        await using var listener = await Listener.Start(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = DateTimeOffset.UtcNow.AddSeconds(ahead).ToString("r");
            return Task.CompletedTask;
        });
        using var caller = listener.Caller();

        Assert.InRange((await caller.Call()).RetryAfter!.Value.TotalSeconds, ahead - 60, ahead + 1);
    }

    private static Uri Address(string scheme, TcpListener listener) => new($"{scheme}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hook");
}
