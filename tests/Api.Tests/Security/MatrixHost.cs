using System.Net.Http.Headers;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Security;

/// <summary>The API with an owner that has one of everything, a stranger that has nothing, and keys of every kind. It does no work of its own.</summary>
public sealed class MatrixHost : ApiHost
{
    /// <summary>What the owner has.</summary>
    public Estate Estate { get; private set; } = null!;

    /// <summary>Who knocks.</summary>
    public KeyRing Keys { get; private set; } = null!;

    /// <summary>The document's operations.</summary>
    public IReadOnlyList<Operation> Operations { get; private set; } = [];

    /// <summary>A valid request of every operation, by its name.</summary>
    public IReadOnlyDictionary<string, Request> Requests { get; private set; } = new Dictionary<string, Request>();

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Ingest:Enabled"] = "false",
        ["Scheduling:Enabled"] = "false",
        ["Webhooks:Enabled"] = "false",
        ["RateLimits:KeyRate"] = "0",
        ["RateLimits:FailureRate"] = "0",
    };

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (TestPostgres.Missing is not null)
            return;
        Estate = await Estate.Build(this);
        Keys = await KeyRing.Cut(this);
        Operations = await Operation.Of(this);
        Requests = Security.Requests.Of(Estate);
    }

    /// <summary>Calls operations side by side and gives their answers.</summary>
    /// <param name="operations">Which.</param>
    /// <param name="key">What each is called with.</param>
    /// <param name="method">Another method than the operation's own, e.g. HEAD.</param>
    public async Task<IReadOnlyList<OperationAnswer>> Call(
        IEnumerable<Operation> operations, Func<Operation, ShownKey> key, HttpMethod? method = null)
    {
        using var http = Http();
        using var turns = new SemaphoreSlim(8);
        return await Task.WhenAll(operations.Select(async operation =>
        {
            await turns.WaitAsync();
            try
            {
                return await Send(http, operation, key(operation), method);
            }
            finally
            {
                turns.Release();
            }
        }));
    }

    /// <summary>Calls one operation, with another request than the table's where one is given.</summary>
    public async Task<OperationAnswer> Call(Operation operation, ShownKey key, Request? request = null)
    {
        using var http = Http();
        return await Send(http, operation, key, null, request);
    }

    private async Task<OperationAnswer> Send(HttpClient http, Operation operation, ShownKey key, HttpMethod? method, Request? request = null)
    {
        using var message = (request ?? Requests[operation.Id]).Of(operation);
        message.Method = method ?? operation.Method;
        if (key.Scheme is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue(key.Scheme, key.Secret);
        else if (key.Secret is not null)
            message.Headers.Add("X-API-Key", key.Secret);
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        var endless = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        return new(
            operation, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, endless ? "" : await response.Content.ReadAsStringAsync(),
            response.Headers.WwwAuthenticate.ToString());
    }
}
