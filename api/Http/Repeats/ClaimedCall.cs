using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Npgsql;
using QualityIngest.Domain.Idempotency;

namespace QualityIngest.Api.Http.Repeats;

/// <summary>
/// Carries out a call that was claimed: its answer is kept before the caller sees a byte of it. A caller that goes away does not
/// end the call, since it will ask for the answer.
/// </summary>
public sealed partial class ClaimedCall(
    KeptAnswers answers, IOptions<IdempotencyOptions> options, IHostApplicationLifetime lifetime, ILogger<ClaimedCall> logger)
{
    /// <summary>Carries it out.</summary>
    public async Task Run(HttpContext context, RepeatableCall call, Guid claim, bool showsSecret, RequestDelegate next)
    {
        var server = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var gone = context.RequestAborted;
        using var body = new MemoryStream();
        var success = false;
        context.RequestAborted = lifetime.ApplicationStopped;
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body, server));
        try
        {
            await Alive(call, claim, async () =>
            {
                await next(context);
                await context.Response.BodyWriter.FlushAsync(CancellationToken.None);
            });
            success = context.Response.StatusCode is >= 200 and < 300;
            if (success)
                await Keep(call, claim, Answer(context.Response, body, showsSecret));
        }
        finally
        {
            context.Features.Set(server);
            context.RequestAborted = gone;
            if (!success)
                await Release(call, claim);
        }

        body.Position = 0;
        await body.CopyToAsync(context.Response.Body, gone);
    }

    private static KeptAnswer Answer(HttpResponse response, MemoryStream body, bool showsSecret) => new(
        response.StatusCode, showsSecret, Text(response.Headers.Location), Text(response.Headers.ETag), response.ContentType,
        showsSecret || body.Length == 0 ? null : body.ToArray());

    private static string? Text(Microsoft.Extensions.Primitives.StringValues header) => header.Count == 0 ? null : header.ToString();

    private async Task Keep(RepeatableCall call, Guid claim, KeptAnswer answer)
    {
        try
        {
            if (!await answers.Keep(call, claim, answer, lifetime.ApplicationStopped))
                LogLost();
        }
        catch (NpgsqlException broken) when (broken.IsTransient)
        {
            // The call is done and its caller is told so; sent again once the claim has run out, it would be carried out anew.
            LogNotKept(broken.Message);
        }
    }

    private async Task Release(RepeatableCall call, Guid claim)
    {
        try
        {
            await answers.Release(call, claim, lifetime.ApplicationStopped);
        }
        catch (NpgsqlException broken) when (broken.IsTransient)
        {
            LogNotKept(broken.Message); // The claim runs out by itself.
        }
    }

    /// <summary>Does something while the claim is renewed.</summary>
    private async Task Alive(RepeatableCall call, Guid claim, Func<Task> work)
    {
        using var end = new CancellationTokenSource();
        var heartbeat = Heartbeat(call, claim, end.Token);
        try
        {
            await work();
        }
        finally
        {
            await end.CancelAsync();
            await heartbeat;
        }
    }

    private async Task Heartbeat(RepeatableCall call, Guid claim, CancellationToken end)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 3);
        try
        {
            while (await timer.WaitForNextTickAsync(end))
            {
                try
                {
                    await answers.Renew(call, claim, end);
                }
                catch (NpgsqlException broken) when (broken.IsTransient)
                {
                    LogNotKept(broken.Message);
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The call ended: so does its claim.
        }
    }

    [LoggerMessage(EventId = 3020, Level = LogLevel.Warning, Message = "A call took so long that its claim passed to another node: its answer is not kept.")]
    private partial void LogLost();

    [LoggerMessage(EventId = 3021, Level = LogLevel.Warning, Message = "What became of a call with an Idempotency-Key could not be written down: {Reason}")]
    private partial void LogNotKept(string reason);
}
