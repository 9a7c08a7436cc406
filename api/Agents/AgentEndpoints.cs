using Microsoft.AspNetCore.Mvc;
using QualityIngest.Api.Http;
using QualityIngest.Domain.Directory;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Agents;

/// <summary>The people and programs that serve customers.</summary>
public static class AgentEndpoints
{
    /// <summary>Maps the tag Agents.</summary>
    public static void MapAgents(this IEndpointRouteBuilder v1)
    {
        var agents = v1.MapGroup("/agents")
            .WithTag("Agents", "The people and programs that serve customers. Conversations name them by e-mail address or external id; one that names nobody known is held until it does.")
            .RequireScope(Scopes.ConnectorsRead);
        agents.MapGet("", ListAgents);
        agents.MapGet("/{id:guid}", GetAgent);
        agents.MapPost("", CreateAgent).RequireScope(Scopes.ConnectorsWrite).Refuses("agent_email_taken", "agent_external_id_taken");
        agents.MapPut("/{id:guid}", ReplaceAgent).RequireScope(Scopes.ConnectorsWrite).Refuses("agent_email_taken", "agent_external_id_taken");
        agents.MapDelete("/{id:guid}", DeleteAgent).RequireScope(Scopes.ConnectorsWrite);
        agents.MapPost("/import", ImportAgents).RequireScope(Scopes.ConnectorsWrite)
            .Accepts<Stream>(Csv.MediaType)
            .WithMetadata(new RequestSizeLimitAttribute(AgentImport.MaxBytes))
            .Refuses("empty_file", "unknown_column", "duplicate_column", "missing_column", "too_many_rows")
            .RefusesLike(StatusCodes.Status422UnprocessableEntity, "the code of a header that cannot be read, e.g. `invalid_utf8`");
    }

    /// <summary>Lists the agents, oldest first.</summary>
    /// <param name="email">Only the one with this e-mail address, whatever its case.</param>
    /// <param name="externalId">Only the one with this external id.</param>
    public static async Task<Ok<Listing<Agent>>> ListAgents(
        string? email, string? externalId, Paging<Guid> paging, Caller caller, AgentDirectory agents, CancellationToken cancel) =>
        (await agents.List(caller, email, externalId, paging.Page, cancel)).Listing(paging);

    /// <summary>Gets an agent.</summary>
    public static async Task<Ok<Agent>> GetAgent(Guid id, Caller caller, AgentDirectory agents, CancellationToken cancel) =>
        (await agents.Get(caller, id, cancel)).Ok();

    /// <summary>Creates an agent. Conversations that were held for it are released soon after.</summary>
    public static async Task<Created<Agent>> CreateAgent(
        AgentInput agent, Caller caller, AgentDirectory agents, CancellationToken cancel) =>
        (await agents.Create(caller, agent, cancel)).Created(created => $"/v1/agents/{created.Id}");

    /// <summary>Replaces an agent. Conversations that were held for it are released soon after.</summary>
    public static async Task<Ok<Agent>> ReplaceAgent(
        Guid id, IfMatch match, AgentInput agent, Caller caller, AgentDirectory agents, CancellationToken cancel) =>
        (await agents.Replace(caller, id, match.Version, agent, cancel)).Ok();

    /// <summary>Deletes an agent. Conversations keep what they know of it.</summary>
    public static async Task<NoContent> DeleteAgent(
        Guid id, IfMatch match, Caller caller, AgentDirectory agents, CancellationToken cancel) =>
        (await agents.Delete(caller, id, match.Version, cancel)).NoContent();

    /// <summary>
    /// Imports agents from CSV with the columns <c>name</c>, <c>email</c> and <c>externalId</c>, of which one of the latter two may
    /// be missing. A row is the agent with its e-mail address, else the one with its external id, else a new one; an empty cell
    /// leaves what is known. Valid rows are taken together; faulty ones are reported and left out. At most 50,000 rows and 16 MiB.
    /// </summary>
    /// <param name="body">The table: CSV in UTF-8, with its header.</param>
    public static async Task<Ok<AgentImportReport>> ImportAgents(
        Stream body, Caller caller, AgentImport import, CancellationToken cancel) =>
        (await import.Run(caller, body, cancel)).Ok();
}
