namespace Personalization.Discord.Interactions;

/// <summary>Where interactions go. Several are handled at once; nothing waits for them but the program's end.</summary>
public interface IInteractionHandler
{
    Task HandleAsync(Interaction interaction, CancellationToken cancellationToken);

    /// <summary>Tells the person that the interaction is not handled, and why; stores nothing.</summary>
    Task RefuseAsync(Interaction interaction, InteractionRefusal refusal, CancellationToken cancellationToken);
}
