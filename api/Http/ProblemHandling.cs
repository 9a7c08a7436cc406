using Microsoft.AspNetCore.Diagnostics;

namespace QualityIngest.Api.Http;

/// <summary>Every answer that is no success is a problem, wherever it comes from.</summary>
public sealed partial class ProblemHandling(ILogger<ProblemHandling> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = Problems.Of(exception);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
            LogDefect(exception, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName);
        await Problems.Write(httpContext, problem);
        return true;
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "{Method} {Endpoint} failed.")]
    private partial void LogDefect(Exception exception, string method, string? endpoint);
}
