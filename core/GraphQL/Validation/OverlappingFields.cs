using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation;

/// <summary>
/// Fields of one response key can be merged (5.3.2): they are of one shape, and, unless their objects are never the same, they
/// are one field with the same arguments.
/// <para>
/// Fields are not compared in pairs. All fields of one key in one place form a set; what is asked of a set's pairs is an
/// equality, so each is compared with the first alone; then the selections of the whole set are merged and looked at in the
/// same way. A set is looked at once however often fragments lead to it, and the work is bounded, because fragments can
/// still lead to very many different sets.
/// </para>
/// </summary>
internal sealed class OverlappingFields(ValidationContext context) : Rule
{
    private const string Name = "OverlappingFieldsCanBeMerged";
    private const int MostSteps = 50_000;

    private readonly FieldCollector _collector = new(context);
    private readonly Queue<(List<SelectedField> Fields, bool ShapeOnly)> _open = new();
    private readonly HashSet<FieldSet> _seen = [];
    private readonly HashSet<(int, int)> _told = [];

    private Document? _document;

    public override void Document(Document document) => _document = document;

    // What a fragment holds is looked at where it is spread, with more around it; on its own only if it is spread nowhere.
    public override void End()
    {
        foreach (var operation in _document!.Operations)
            Look(operation.Selections, operation.Kind == OperationKind.Query ? context.Schema.Query : null);
        foreach (var fragment in _document.Fragments.Where(f => !_collector.HasSpread(f)))
            Look(fragment.Selections, context.Composite(fragment.Condition));
    }

    private void Look(SelectionSetNode selections, NamedType? parent)
    {
        if (_collector.Steps > MostSteps)
            return;
        var fields = _collector.Collect(selections, parent);
        _open.Enqueue((fields, true));
        _open.Enqueue((fields, false));
        while (!context.Done && _open.TryDequeue(out var next))
        {
            foreach (var same in next.Fields.GroupBy(f => f.Node.ResponseKey))
            {
                if (next.ShapeOnly)
                    Compare([.. same], ShapeConflict, true);
                else
                    CompareByParent([.. same]);
            }
            if (_collector.Steps <= MostSteps)
                continue;
            context.Exceed(
                "The document spreads fragments in too many combinations.", new ExceededLimit("validationSteps", MostSteps, _collector.Steps));
            return;
        }
    }

    // Objects of two types are never the same; one of an interface may be one of any type.
    private void CompareByParent(List<SelectedField> fields)
    {
        var parents = fields.Select(f => f.Parent).OfType<ObjectType>().Distinct().ToList();
        if (parents.Count <= 1)
        {
            Compare(fields, FieldConflict, false);
            return;
        }
        foreach (var parent in parents)
            Compare([.. fields.Where(f => f.Parent is not ObjectType || ReferenceEquals(f.Parent, parent))], FieldConflict, false);
    }

    private void Compare(List<SelectedField> fields, Func<List<SelectedField>, (SelectedField One, SelectedField Other, string Why)?> conflict, bool shapeOnly)
    {
        if (fields.Count > 1 && conflict(fields) is var (one, other, why))
        {
            if (_told.Add((one.Id, other.Id)))
                context.Report(Name, $"\"{one.Node.ResponseKey}\" stands for two things here: {why}. Give one of them another alias.", one.Node, other.Node);
        }
        else if (fields.Exists(f => f.Node.Selections is not null) && _seen.Add(new FieldSet(fields, shapeOnly)))
        {
            _open.Enqueue((_collector.Merge(fields), shapeOnly));
        }
    }

    private static (SelectedField, SelectedField, string)? FieldConflict(List<SelectedField> fields)
    {
        var first = fields[0];
        foreach (var other in fields.Skip(1))
        {
            if (other.Node.Name.Value != first.Node.Name.Value)
                return (first, other, $"the fields \"{first.Node.Name.Value}\" and \"{other.Node.Name.Value}\"");
            if (other.Arguments != first.Arguments)
                return (first, other, "their arguments differ");
        }
        return null;
    }

    private static (SelectedField, SelectedField, string)? ShapeConflict(List<SelectedField> fields)
    {
        var typed = fields.Where(f => f.Definition is not null).ToList();
        foreach (var other in typed.Skip(1))
        {
            var (one, two) = (typed[0].Definition!.Type, other.Definition!.Type);
            if (Differ(one, two))
                return (typed[0], other, $"of the types {one} and {two}");
        }
        return null;
    }

    // Objects of different types are compared by their fields.
    private static bool Differ(TypeReference one, TypeReference other) => (one, other) switch
    {
        (ListReference a, ListReference b) => Differ(a.Item, b.Item),
        (NonNullReference a, NonNullReference b) => Differ(a.Inner, b.Inner),
        (NamedReference a, NamedReference b) => a.Type.Name != b.Type.Name && !(a.Type.IsComposite() && b.Type.IsComposite()),
        _ => true,
    };
}
