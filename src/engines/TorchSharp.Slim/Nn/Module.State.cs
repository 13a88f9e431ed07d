namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // The .dat format: the number of entries as LEB128, then for each a BinaryWriter string and a tensor.
        public partial class Module
        {
            /// <summary>
            /// All parameters, then all buffers, by dotted name. The tensors are the module's own, not
            /// copies.
            /// </summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string,
                Tensor>? destination = null,
                string? prefix = null)
            {
                var state = destination ?? [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (key, parameter) in named_parameters()) state.TryAdd(start + key, parameter);
                foreach (var (key, buffer) in named_buffers()) state.TryAdd(start + key, buffer);
                return state;
            }

            /// <summary>Copies values into this module.</summary>
            /// <param name="source">Values by dotted name.</param>
            /// <param name="strict">Whether the names must be the same on both sides.</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <exception cref="InvalidOperationException">The names differ and <paramref name="strict"/> is
            /// set.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var target = state_dict();
                var skipped = new HashSet<string>(skip ?? []);
                var missing = target.Keys.Where(key =>
                    !skipped.Contains(key) && !source.ContainsKey(key)).ToList();
                var unexpected = source.Keys.Where(key =>
                    !skipped.Contains(key) && !target.ContainsKey(key)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    var (absent, extra) = (string.Join(", ", missing), string.Join(", ", unexpected));
                    throw new InvalidOperationException(
                        $"the state does not fit the module {GetName()}: "
                        + $"missing [{absent}], unexpected [{extra}]");
                }
                using var frozen = no_grad();
                foreach (var (key, tensor) in target)
                {
                    if (skipped.Contains(key) || !source.TryGetValue(key, out var value)) continue;
                    Fill(key, tensor, value);
                }
                return (missing, unexpected);
            }

            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            /// <summary>Writes the state and closes the stream.</summary>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd,
                IList<string>? skip = null)
            {
                var entries = sd.Where(one => skip is null || !skip.Contains(one.Key)).ToList();
                writer.Encode(entries.Count);
                foreach (var (key, tensor) in entries)
                {
                    writer.Write(key);
                    tensor.Save(writer);
                }
            }

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                if (!File.Exists(location)) throw new FileNotFoundException($"there is no file {location}",
                    location);
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            /// <summary>Reads a state and closes the stream.</summary>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <exception cref="ArgumentException">Names, types or shapes do not fit, and <paramref
            /// name="strict"/> is set.</exception>
            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                var state = state_dict();
                var entries = reader.Decode();
                if (strict && entries != state.Count)
                {
                    throw new ArgumentException(
                        $"the file has {entries} entries; the module {GetName()} "
                        + $"has {state.Count} parameters and buffers");
                }
                for (var i = 0L; i < entries; i++)
                {
                    var key = reader.ReadString();
                    var known = state.TryGetValue(key, out var tensor);
                    if (!known && strict)
                        throw new ArgumentException(
                            $"the file has «{key}», which the module {GetName()} has not");
                    using (var value = TensorExtensionMethods.Read(reader))
                    {
                        if (known && skip?.Contains(key) != true) Fill(key, tensor!, value);
                    }
                    loadedParameters?.Add(key, known);
                }
                return this;
            }

            private static void Fill(string key, Tensor target, Tensor value)
            {
                if (!target.shape.AsSpan().SequenceEqual(value.shape) || target.dtype != value.dtype)
                {
                    throw new ArgumentException(
                        $"«{key}» is {target.dtype} of shape [{Tensor.Listed(target.shape)}], but the value "
                        + $"given is {value.dtype} of shape [{Tensor.Listed(value.shape)}]");
                }
                using var frozen = no_grad();
                target.copy_(value);
            }
        }
    }
}
