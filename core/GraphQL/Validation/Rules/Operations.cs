using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Validation.Rules;

/// <summary>
/// Operations have names of their own, and one without a name is alone (5.2.2, 5.2.3). That subscriptions select one field
/// (5.2.4) needs no check: there is no type of subscriptions.
/// </summary>
internal sealed class Operations(ValidationContext context) : Rule
{
    private readonly Dictionary<string, NameNode> _names = [];
    private int _count;

    public override void Document(Document document) => _count = document.Operations.Count();

    public override void Operation(OperationNode operation)
    {
        if (operation.Name is null)
        {
            if (_count > 1)
                context.Report("LoneAnonymousOperation", "An operation without a name must be the only one.", operation);
            return;
        }
        if (!_names.TryAdd(operation.Name.Value, operation.Name))
        {
            context.Report(
                "UniqueOperationNames", $"There is more than one operation \"{operation.Name.Value}\".", _names[operation.Name.Value], operation.Name);
        }
    }
}
