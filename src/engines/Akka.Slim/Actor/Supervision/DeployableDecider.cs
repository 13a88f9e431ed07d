namespace Akka.Actor;

/// <summary>
/// Decides by a table: the first entry whose type the exception is an instance of, else the default.
/// </summary>
public sealed class DeployableDecider : IDecider
{
    public DeployableDecider(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs)
    {
        DefaultDirective = defaultDirective;
        Pairs = [.. pairs];
    }

    public DeployableDecider(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs)
        : this(defaultDirective, (IEnumerable<KeyValuePair<Type, Directive>>)pairs)
    {
    }

    public Directive DefaultDirective { get; }

    public KeyValuePair<Type, Directive>[] Pairs { get; }

    public Directive Decide(Exception cause)
    {
        foreach (var pair in Pairs)
        {
            if (pair.Key.IsInstanceOfType(cause))
                return pair.Value;
        }
        return DefaultDirective;
    }
}
