namespace Akka.Actor;

public static class ActorSystemWithExtensions
{
    /// <summary>
    /// The extension of a type that a provider of the same assembly makes; it is registered on first use.
    /// </summary>
    public static T WithExtension<T, TI>(this ActorSystem system)
        where T : class, IExtension
        where TI : IExtensionId =>
        system.HasExtension<T>()
            ? system.GetExtension<T>()
            : (T)system.RegisterExtension((IExtensionId)Activator.CreateInstance(typeof(TI))!);

    /// <param name="system">Where.</param>
    /// <param name="extensionId">What makes it; may be left out where it is registered already.</param>
    public static T WithExtension<T>(this ActorSystem system, Type? extensionId = null)
        where T : class, IExtension =>
        extensionId is null || system.HasExtension<T>()
            ? system.GetExtension<T>()
            : (T)system.RegisterExtension((IExtensionId)Activator.CreateInstance(extensionId)!);
}
