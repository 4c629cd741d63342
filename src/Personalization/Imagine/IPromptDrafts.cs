namespace Personalization.Imagine;

/// <summary>Prompts that buttons run. A button holds at most 100 characters, so it names a row with the prompt.</summary>
public interface IPromptDrafts
{
    /// <summary>Stores a prompt under the id of the interaction that was answered with the button. Storing again changes nothing.</summary>
    Task SaveAsync(ulong id, PersonId person, string prompt, CancellationToken cancellationToken);

    /// <summary>The prompt, or null when there is none under this id.</summary>
    Task<string?> FindAsync(ulong id, CancellationToken cancellationToken);
}
