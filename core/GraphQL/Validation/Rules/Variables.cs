using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation.Rules;

/// <summary>
/// Variables have names of their own, are defined where they are used, are used where they are defined, and are used only
/// where their types fit (5.8.1, 5.8.3, 5.8.4, 5.8.5); fragments count for every operation that leads to them.
/// </summary>
internal sealed class Variables(ValidationContext context, Reach reach) : Rule
{
    private readonly Dictionary<DefinitionNode, List<Usage>> _usages = new(ReferenceEqualityComparer.Instance);
    private readonly List<OperationNode> _operations = [];
    private List<Usage> _current = [];

    private readonly record struct Usage(VariableReference Variable, TypeReference? Type, bool HasDefault);

    public override void Operation(OperationNode operation)
    {
        Enter(operation);
        _operations.Add(operation);
        foreach (var same in operation.Variables.GroupBy(v => v.Variable.Name.Value).Where(g => g.Count() > 1))
            context.Report("UniqueVariableNames", $"There is more than one variable \"${same.Key}\".", same.Select(v => v.Variable.Name));
    }

    public override void Fragment(FragmentNode fragment) => Enter(fragment);

    public override void Arguments(ArgumentsPlace place)
    {
        foreach (var argument in place.Given)
        {
            var definition = place.Find(argument.Name.Value);
            Collect(argument.Value, definition?.Type, definition?.Default is not null);
        }
    }

    public override void End()
    {
        foreach (var operation in _operations)
        {
            if (context.Done)
                return;
            var name = operation.Name is null ? "the operation" : $"operation \"{operation.Name.Value}\"";
            var usages = reach.From(operation).SelectMany(f => _usages[f]).Concat(_usages[operation]).ToList();
            var defined = new Dictionary<string, VariableNode>();
            foreach (var variable in operation.Variables)
                defined[variable.Variable.Name.Value] = variable;
            foreach (var usage in usages)
                Check(usage, defined.GetValueOrDefault(usage.Variable.Name.Value), operation, name);
            var used = usages.Select(u => u.Variable.Name.Value).ToHashSet();
            foreach (var variable in operation.Variables.Where(v => !used.Contains(v.Variable.Name.Value)))
                context.Report("NoUnusedVariables", $"Variable \"${variable.Variable.Name.Value}\" is not used in {name}.", variable);
        }
    }

    private void Enter(DefinitionNode definition) => _usages[definition] = _current = [];

    private void Collect(ValueNode value, TypeReference? type, bool hasDefault)
    {
        switch (value)
        {
            case VariableReference variable:
                _current.Add(new(variable, type, hasDefault));
                break;
            case ListValue list:
                var item = type?.Unwrapped() is ListReference of ? of.Item : type?.Unwrapped();
                foreach (var one in list.Items)
                    Collect(one, item, false);
                break;
            case ObjectValue members:
                foreach (var member in members.Fields)
                {
                    var definition = (type?.Named as InputType)?.Fields.FirstOrDefault(f => f.Name == member.Name.Value);
                    Collect(member.Value, definition?.Type, definition?.Default is not null);
                }
                break;
        }
    }

    private void Check(Usage usage, VariableNode? definition, OperationNode operation, string name)
    {
        var variable = usage.Variable.Name.Value;
        if (definition is null)
            context.Report("NoUndefinedVariables", $"Variable \"${variable}\" is not defined by {name}.", usage.Variable, operation);
        else if (usage.Type is not null && context.Schema.TryResolve(definition.Type, out var type) && !Fits(type, definition, usage))
        {
            context.Report(
                "VariablesInAllowedPosition", $"Variable \"${variable}\" is of type {type}, but {usage.Type} is expected where it is used.",
                definition, usage.Variable);
        }
    }

    // A default, of the variable or of the place, makes a nullable variable good enough for a place that is never null.
    private static bool Fits(TypeReference type, VariableNode definition, Usage usage)
    {
        var place = usage.Type!;
        if (place is NonNullReference required && type is not NonNullReference)
        {
            if (definition.Default is null or NullValue && !usage.HasDefault)
                return false;
            place = required.Inner;
        }
        return IsSubtype(type, place);
    }

    private static bool IsSubtype(TypeReference type, TypeReference of) => (type, of) switch
    {
        (NonNullReference one, NonNullReference other) => IsSubtype(one.Inner, other.Inner),
        (_, NonNullReference) => false,
        (NonNullReference one, _) => IsSubtype(one.Inner, of),
        (ListReference one, ListReference other) => IsSubtype(one.Item, other.Item),
        (NamedReference one, NamedReference other) => one.Type.Name == other.Type.Name,
        _ => false,
    };
}
