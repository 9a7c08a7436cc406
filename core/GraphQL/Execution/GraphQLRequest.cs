using System.Text.Json;

namespace QualityIngest.GraphQL.Execution;

/// <summary>What a client sends.</summary>
/// <param name="Query">The document.</param>
/// <param name="OperationName">Which of its operations; null: the only one.</param>
/// <param name="Variables">A JSON object; null or JSON's null: none.</param>
/// <param name="Extensions">A JSON object that nothing here reads; null or JSON's null: none.</param>
public sealed record GraphQLRequest(string Query, string? OperationName = null, JsonElement? Variables = null, JsonElement? Extensions = null);
