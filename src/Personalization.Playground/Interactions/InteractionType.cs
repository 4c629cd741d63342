namespace Personalization.Playground.Interactions;

/// <summary>Discord's numbers for what people do (https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-type).</summary>
internal enum InteractionType
{
    Command = 2,
    Component = 3,
    Autocomplete = 4,
    Modal = 5,
}
