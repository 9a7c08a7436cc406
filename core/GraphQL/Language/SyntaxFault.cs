namespace QualityIngest.GraphQL.Language;

/// <summary>What is wrong with a text, and where.</summary>
/// <param name="Offset">In UTF-16 units from the start.</param>
/// <param name="Message">A sentence for people.</param>
internal readonly record struct SyntaxFault(int Offset, string Message);
