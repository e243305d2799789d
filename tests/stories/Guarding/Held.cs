using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Guarding;

/// <param name="Client">The id of whom it was issued to.</param>
internal sealed record Held(Token Token, string Client);
