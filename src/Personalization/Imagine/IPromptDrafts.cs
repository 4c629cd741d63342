namespace Personalization.Imagine;

/// <summary>Prompts that buttons run. A button holds at most 100 characters, so it names a row with the prompt.</summary>
public interface IPromptDrafts
{
    /// <summary>Stores a prompt under the id of the interaction that was answered with the button. Storing again changes nothing.</summary>
    /// <param name="isPersonal">Whether what it makes is for the person alone, since the prompt is from another place.</param>
    Task SaveAsync(ulong id, PersonId person, string prompt, bool isPersonal, CancellationToken cancellationToken);

    /// <summary>The prompt; null where the person has none under this id.</summary>
    Task<(string Prompt, bool IsPersonal)?> FindAsync(ulong id, PersonId person, CancellationToken cancellationToken);
}
