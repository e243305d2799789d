namespace Tumbler.Engine.Migration;

/// <summary>What becomes of a shared key that was presented.</summary>
/// <param name="Client">Whose it is.</param>
/// <param name="Notice">What the client is told; null when nothing.</param>
public readonly record struct SharedKeyAnswer(string Client, bool Accepted, DeprecationNotice? Notice);
