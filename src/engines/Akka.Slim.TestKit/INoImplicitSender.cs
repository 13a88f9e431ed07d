namespace Akka.TestKit;

/// <summary>Marks test classes in which Tell without a sender is from nobody, not from the test actor.</summary>
public interface INoImplicitSender;
