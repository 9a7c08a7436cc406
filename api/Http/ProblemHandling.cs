using Microsoft.AspNetCore.Diagnostics;

namespace QualityIngest.Api.Http;

/// <summary>Every answer that is no success is a problem, wherever it comes from.</summary>
public sealed partial class ProblemHandling(ILogger<ProblemHandling> logger) : IExceptionHandler
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = Problems.Of(exception);
        if (problem.Status == StatusCodes.Status500InternalServerError)
            LogDefect(exception, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName);
        if (problem.Status != StatusCodes.Status503ServiceUnavailable)
        {
            await Problems.Write(httpContext, problem);
            return true;
        }

        LogUnavailable(exception.Message);
        await Problems.Write(httpContext, problem, RetryAfter);
        return true;
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "{Method} {Endpoint} failed.")]
    private partial void LogDefect(Exception exception, string method, string? endpoint);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "The database cannot be reached: {Reason}")]
    private partial void LogUnavailable(string reason);
}
