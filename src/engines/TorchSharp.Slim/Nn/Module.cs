using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// Something with parameters, buffers and modules inside. A module written by a user keeps them in
        /// fields and calls <see cref="RegisterComponents"/> at the end of its constructor: the fields' names
        /// become the names in <see cref="state_dict"/>, in the order of declaration.
        /// </summary>
        public partial class Module : IDisposable
        {
            private readonly List<(string name, Parameter parameter)> ownParameters = [];
            private readonly List<(string name, Tensor buffer)> ownBuffers = [];
            private readonly List<(string name, Module module)> children_ = [];
            private readonly string name;
            private bool registered;
            private bool disposed;

            protected Module(string name) => this.name = name;

            /// <value>What the module around this one calls it; null for the outermost.</value>
            internal string? FieldName { get; private set; }

            /// <value>Whether dropout and the like are at work.</value>
            public virtual bool training { get; private set; } = true;

            public virtual string GetName() => name;

            /// <summary>Sets this module and all inside it to training or to evaluation.</summary>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var (_, module) in children_) module.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Forgets or zeroes the gradients of all parameters.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }
                    using var gradient = parameter.grad;
                    gradient?.zero_();
                }
            }

            public virtual IEnumerable<(string name, Module module)> named_children() => children_;

            public virtual IEnumerable<Module> children() => children_.Select(one => one.module);

            /// <summary>All modules inside, outer before inner, with dotted names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (outer, module) in children_)
                {
                    yield return (outer, module);
                    foreach (var (inner, part) in module.named_modules()) yield return ($"{outer}.{inner}",
                        part);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(one => one.module);

            /// <summary>
            /// This module's parameters, then those of the modules inside, with dotted names.
            /// </summary>
            public virtual IEnumerable<(string name,
                Parameter parameter)> named_parameters(bool recurse = true)
            {
                foreach (var own in ownParameters) yield return own;
                if (!recurse) yield break;
                foreach (var (outer, module) in named_children())
                {
                    foreach (var (inner, parameter) in module.named_parameters())
                        yield return ($"{outer}.{inner}", parameter);
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(one => one.parameter);

            /// <summary>Tensors that belong to the state and are not learnt.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true)
            {
                foreach (var own in ownBuffers) yield return own;
                if (!recurse) yield break;
                foreach (var (outer, module) in named_children())
                {
                    foreach (var (inner, buffer) in module.named_buffers()) yield return ($"{outer}.{inner}",
                        buffer);
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true) =>
                named_buffers(recurse).Select(one => one.buffer);

            /// <returns>Null where there is none of that name.</returns>
            public virtual Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(one => one.name == target).parameter;

            public virtual Tensor? get_buffer(string target) =>
                named_buffers().FirstOrDefault(one => one.name == target).buffer;

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            public virtual void register_parameter(string name, Parameter param)
            {
                param.DetachFromDisposeScope();
                Put(ownParameters, name, param);
            }

            public virtual void register_buffer(string name, Tensor tensor)
            {
                tensor.DetachFromDisposeScope();
                Put(ownBuffers, name, tensor);
            }

            public virtual void register_module(string name, Module submodule)
            {
                submodule.FieldName = name;
                Put(children_, name, submodule);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var module in children()) module.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Disposes of the parameters, the buffers and the modules inside.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || disposed) return;
                disposed = true;
                foreach (var (_, parameter) in ownParameters) parameter.Dispose();
                foreach (var (_, buffer) in ownBuffers) buffer.Dispose();
                foreach (var (_, module) in children_) module.Dispose();
            }

            /// <summary>
            /// Registers every field that holds a module, a parameter or a tensor, under the field's name.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (registered) return;
                registered = true;
                foreach (var field in Fields(GetType()))
                {
                    switch (field.GetValue(this))
                    {
                        case Module module when !Known(children_, field.Name):
                            register_module(field.Name, module);
                            break;
                        case Parameter parameter when !Known(ownParameters, field.Name):
                            register_parameter(field.Name, parameter);
                            break;
                        case Tensor tensor and not Modules.Parameter when !Known(ownBuffers, field.Name):
                            register_buffer(field.Name, tensor);
                            break;
                        default:
                            break;
                    }
                }
            }

            /// <summary>
            /// Moves the parameters and buffers, of this module alone, to another device or element type.
            /// </summary>
            private protected virtual void MoveOwn(ScalarType? type, Device? device)
            {
                using var frozen = no_grad();
                foreach (var (_, parameter) in ownParameters) Move(parameter, type, device);
                foreach (var (_, buffer) in ownBuffers) Move(buffer, type, device);
            }

            internal void Move(ScalarType? type, Device? device)
            {
                MoveOwn(type, device);
                foreach (var module in children()) module.Move(type, device);
            }

            private static void Move(Tensor tensor, ScalarType? type, Device? device)
            {
                // Integer buffers, such as counters, keep their type.
                var wanted = tensor.is_floating_point() ? type ?? tensor.dtype : tensor.dtype;
                var moved = tensor.to(wanted, device ?? tensor.device, copy: true).detach_();
                moved.requires_grad = tensor.requires_grad;
                tensor.Replace(moved);
            }

            private static bool Known<T>(List<(string name, T)> list, string name) =>
                list.Exists(one => one.name == name);

            private static void Put<T>(List<(string name, T)> list, string name, T value)
            {
                if (name.Length == 0 || name.Contains('.'))
                    throw new ArgumentException(
                        $"«{name}» cannot name a part of a module: it is empty or has a dot");
                var at = list.FindIndex(one => one.name == name);
                if (at >= 0) list[at] = (name, value);
                else list.Add((name, value));
            }

            private static IEnumerable<FieldInfo> Fields(Type type)
            {
                if (type.BaseType is { } parent && parent != typeof(Module))
                {
                    foreach (var field in Fields(parent)) yield return field;
                }
                const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
                    | BindingFlags.DeclaredOnly;
                foreach (var field in type.GetFields(Own)) yield return field;
            }
        }
    }
}
