namespace Personalization.Playground.Places;

/// <summary>A role of a server.</summary>
/// <param name="Permissions">Discord's bits, added to those of everyone.</param>
/// <param name="People">Who has it.</param>
public sealed record PlaygroundRole(ulong Id, string Name, ulong Permissions, IReadOnlyList<ulong> People);
