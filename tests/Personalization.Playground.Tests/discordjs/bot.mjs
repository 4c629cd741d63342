// Usage: node bot.mjs API_ADDRESS TOKEN. Prints "ready" once it is logged in and its commands are registered.
import {
  ActionRowBuilder, AttachmentBuilder, ButtonBuilder, ButtonStyle, Client, EmbedBuilder, Events, GatewayIntentBits,
  MessageFlags, ModalBuilder, Partials, REST, Routes, TextInputBuilder, TextInputStyle, UserSelectMenuBuilder,
} from 'discord.js';
import { commands, whereabouts } from './commands.mjs';

const [, , api, token] = process.argv;

const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
const client = new Client({ intents: [Guilds, GuildMessages, DirectMessages, MessageContent], partials: [Partials.Channel], rest: { api } });

client.once(Events.ClientReady, async ready => {
  const rest = new REST({ api }).setToken(token);
  await rest.put(Routes.applicationCommands(ready.application.id), { body: commands });
  console.log(`ready ${ready.user.username} in ${ready.guilds.cache.map(guild => `${guild.name} (${guild.channels.cache.filter(channel => !channel.isThread()).size})`).join(', ')}`);
});

const row = (...components) => new ActionRowBuilder().addComponents(...components);
const counter = count => row(new ButtonBuilder().setCustomId(`count:${count}`).setLabel('Count').setStyle(ButtonStyle.Primary));

const answers = {
  greet: interaction => interaction.reply({
    embeds: [new EmbedBuilder().setTitle(`Hello ${interaction.options.getString('name')}`)],
    content: `from ${interaction.user.id}`,
  }),
  buttons: interaction => interaction.reply({ content: 'Press it', flags: MessageFlags.Ephemeral, components: [counter(0)] }),
  form: interaction => interaction.showModal(new ModalBuilder().setCustomId('form').setTitle('A form').addComponents(
    row(new TextInputBuilder().setCustomId('words').setLabel('Words').setStyle(TextInputStyle.Short)))),
  upload: async interaction => {
    await interaction.deferReply();
    await interaction.editReply({ content: 'Here', files: [new AttachmentBuilder(Buffer.from('a small file'), { name: 'small.txt', description: 'Small' })] });
    await interaction.followUp({ content: 'And done', flags: MessageFlags.Ephemeral });
  },
  pick: async interaction => {
    const { options } = interaction;
    const file = options.getAttachment('file');
    const content = await (await fetch(file.url)).text();
    await interaction.reply(`${options.getUser('person').globalName} (${options.getMember('person').displayName}), #${options.getChannel('channel').name}, ${options.getRole('role').name}, ${file.name}: ${content}`);
  },
  select: interaction => interaction.reply({ content: 'Who?', components: [row(new UserSelectMenuBuilder().setCustomId('people').setMaxValues(2))] }),
  where: interaction => interaction.reply(whereabouts({
    context: interaction.context,
    guildOwner: interaction.authorizingIntegrationOwners.guildId,
    userOwner: interaction.authorizingIntegrationOwners.userId,
    isSeen: interaction.appPermissions.has('ViewChannel'),
    manages: interaction.memberPermissions?.has('ManageGuild'),
    guild: interaction.guild?.name,
    channel: interaction.channel?.name,
    isForAdults: interaction.channel?.nsfw,
  })),
  errand: async interaction => {
    await interaction.deferReply();
    const guild = await client.guilds.fetch({ guild: interaction.guildId, force: true, withCounts: true });
    const [channels, roles, members] = await Promise.all([guild.channels.fetch(), guild.roles.fetch(), guild.members.list({ limit: 10 })]);
    const asked = await guild.members.fetch({ user: members.map(member => member.id).slice(0, 2) });
    const friend = await client.users.fetch(members.find(member => !member.user.bot && member.id !== interaction.user.id).id, { force: true });
    await (await friend.createDM()).send('Hello from the bot');
    const thread = await interaction.channel.threads.create({ name: 'errand' });
    await thread.send('In the thread');
    await thread.setArchived(true);
    const command = (await client.application.commands.fetch()).find(known => known.name === 'greet');
    const changed = await command.edit({ description: 'Greets anybody' });
    const said = await thread.messages.fetch({ limit: 1 });
    await interaction.editReply(`${guild.approximateMemberCount} members, ${channels.size} channels, ${roles.size} roles, ${members.size} listed, ${asked.size} asked for, wrote to ${friend.globalName}, thread archived ${thread.archived} after "${said.first().content}", greet: ${changed.description}`);
  },
};

client.on(Events.InteractionCreate, async interaction => {
  if (interaction.isChatInputCommand()) {
    await answers[interaction.commandName](interaction);
  } else if (interaction.isAutocomplete()) {
    const word = interaction.options.getFocused();
    await interaction.respond(['a', 'b'].map(end => ({ name: word + end, value: word + end })));
  } else if (interaction.isUserContextMenuCommand()) {
    await interaction.reply(`That is ${interaction.targetUser.globalName}`);
  } else if (interaction.isMessageContextMenuCommand()) {
    await interaction.reply(`Quoting "${interaction.targetMessage.content}"`);
  } else if (interaction.isButton()) {
    const count = Number(interaction.customId.split(':')[1]) + 1;
    await interaction.update({ content: `Pressed ${count} times`, components: [counter(count)] });
  } else if (interaction.isUserSelectMenu()) {
    await interaction.update({ content: `Picked ${interaction.users.map(user => user.globalName).join(' and ')}`, components: [] });
  } else if (interaction.isModalSubmit()) {
    await interaction.reply(`You wrote: ${interaction.fields.getTextInputValue('words')}`);
  }
});

client.on(Events.MessageCreate, async message => {
  if (!message.author.bot && message.content === 'ping') await message.reply('pong');
});

client.on(Events.Error, error => console.error(error));
await client.login(token);
