namespace Personalization.Storage.Imagine;

internal sealed class PromptDraftRow
{
    public required ulong Id { get; init; }

    public required ulong PersonId { get; init; }

    public required string Prompt { get; init; }

    public required bool IsPersonal { get; init; }
}
