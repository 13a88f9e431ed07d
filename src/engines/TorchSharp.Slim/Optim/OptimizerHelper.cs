namespace TorchSharp.Modules;

/// <summary>
/// Optimizers with state. The file format: type name, counts of groups and states as LEB128, each group's
/// options, each parameter's state in the order of the parameters.
/// </summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    private readonly Dictionary<Parameter, OptimizerState> states = new(ReferenceEqualityComparer.Instance);

    private protected OptimizerHelper()
    {
    }

    public void save_state_dict(string location)
    {
        using var stream = File.Create(location);
        using var writer = new BinaryWriter(stream);
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        var state = state_dict();
        writer.Write(GetType().Name);
        writer.Encode(state.Options.Count);
        writer.Encode(state.State.Count);
        foreach (var options in state.Options) options.SaveStateDict(writer);
        foreach (var one in state.State) one.SaveStateDict(writer);
    }

    public void load_state_dict(string location)
    {
        using var stream = File.OpenRead(location);
        using var reader = new BinaryReader(stream);
        load_state_dict(reader);
    }

    /// <exception cref="InvalidDataException">Another kind of optimizer wrote the state.</exception>
    /// <exception cref="ArgumentException">The state is of other groups or parameters.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        var name = reader.ReadString();
        if (name != GetType().Name)
            throw new InvalidDataException(
                $"the state is of the optimizer {name}; this one is {GetType().Name}");
        var state = state_dict();
        MustMatch(state, reader.Decode(), reader.Decode());
        foreach (var options in state.Options) options.LoadStateDict(reader);
        foreach (var one in state.State) one.LoadStateDict(reader);
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        MustMatch(own, state_dict.Options.Count, state_dict.State.Count);
        for (var i = 0; i < own.Options.Count; i++) own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (var i = 0; i < own.State.Count; i++) own.State[i].LoadStateDict(state_dict.State[i]);
    }

    /// <summary>The options and states themselves, not copies.</summary>
    public virtual StateDictionary state_dict()
    {
        var state = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            var positions = new List<int>();
            state.Options.Add(group.Options);
            foreach (var parameter in group.Parameters)
            {
                positions.Add(state.State.Count);
                state.State.Add(states[parameter]);
            }
            state.StateIndexRef.Add(positions);
        }
        return state;
    }

    /// <summary>
    /// Runs the closure, if there is one, then the whole step of each group in one native call.
    /// </summary>
    private protected torch.Tensor? Step<TGroup>(Func<torch.Tensor>? closure, Action<TGroup> apply)
        where TGroup : ParamGroup
    {
        torch.Tensor? loss = null;
        if (closure is not null)
        {
            using var recording = torch.enable_grad();
            loss = closure();
        }
        foreach (var group in _parameter_groups) apply((TGroup)group);
        return loss;
    }

    private protected void Add(ParamGroup group, Func<Parameter, OptimizerState> remember)
    {
        foreach (var parameter in group.Parameters)
        {
            if (!parameter.is_leaf)
                throw new ArgumentException($"{parameter} is not a leaf, so it cannot be optimized");
            if (!states.TryAdd(parameter, remember(parameter)))
                throw new ArgumentException("a parameter is in the optimizer twice");
        }
        _parameter_groups.Add(group);
    }

    private protected TState[] StatesOf<TState>(ParamGroup group) where TState : OptimizerState =>
        group.Parameters.Select(one => (TState)states[one]).ToArray();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        foreach (var state in states.Values) (state as IDisposable)?.Dispose();
    }

    private static void MustMatch(StateDictionary own, long groups, long count)
    {
        if (groups == own.Options.Count && count == own.State.Count) return;
        throw new ArgumentException(
            $"the state is of {groups} groups with {count} parameters; this optimizer has "
            + $"{own.Options.Count} groups with {own.State.Count} parameters");
    }
}
